import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pageOf, resolveAccess, Session, SessionState, verifyCredentials } from '@valetkey/contracts';
import { hashSecret, makeSecret } from '@valetkey/credentials';
import { waitUntil } from '@valetkey/testing/stack';
import { v7 as uuidv7 } from 'uuid';
import { startGateway, type TestGateway } from './start-gateway.ts';

const SECOND = 1_000;
const Shown = pageOf(Session.strict());

let gateway: TestGateway;
let own: SessionState;

beforeAll(async () => {
  gateway = await startGateway();
  const state = gateway.states.get(hashSecret(gateway.secret));
  if (!state) throw new Error('the stand-in for tokens knows no session');
  own = SessionState.parse(state);
  const trusts = async () => {
    gateway.beat();
    return (await get('/health/ready')).statusCode === 200 || undefined;
  };
  await waitUntil(trusts, { timeoutMs: 5_000, everyMs: 20 });
});
afterAll(() => gateway.stop());

const get = (url: string) => gateway.fastify.inject({ url, headers: { authorization: `Bearer ${gateway.secret}` } });
const list = async () =>
  Shown.parse((await get(`/v1/accounts/${own.accountId ?? ''}/sessions?limit=100`)).json()).items;
const questions = (contract: unknown) => gateway.asked.filter((one) => one.contract === contract).length;

/** A session of somebody else in the account. */
function another(): SessionState {
  const state = { ...own, id: uuidv7(), subject: { ...own.subject, id: uuidv7() } };
  gateway.states.set(hashSecret(makeSecret('vks')), state);
  return state;
}

describe('A list of sessions', () => {
  it('shows each as its holder sees it, and asks tenancy one question for the whole page', async () => {
    for (let one = 1; one < 100; one += 1) another();
    await get('/v1/session');
    const asked = questions(resolveAccess);
    const shown = await list();
    expect(shown).toHaveLength(100);
    const account = { id: own.accountId, name: 'Harbour Cranes' };
    for (const session of shown)
      expect(session).toMatchObject({ account, role: 'owner', permissions: ['devices.view'] });
    expect(questions(resolveAccess) - asked).toBe(1);
  });

  it('shows one that may stand there no more without account and role, as its holder sees it', async () => {
    const lost = another();
    gateway.strangers.add(lost.subject.id);
    const session = (await list()).find(({ id }) => id === lost.id);
    expect(session).toMatchObject({ subject: lost.subject, permissions: [] });
    for (const member of ['account', 'organization', 'role']) expect(session).not.toHaveProperty(member);
  });
});

describe('The session that asks', () => {
  it('is in use by asking, though what is known of it was kept a while ago', async () => {
    await get('/v1/session');
    gateway.clock.advance(50 * SECOND);
    gateway.beat();
    const asked = questions(verifyCredentials);
    const now = gateway.clock.now();
    const times = {
      lastSeenAt: now.toISOString(),
      idleExpiresAt: new Date(now.getTime() + own.idleSeconds * SECOND).toISOString(),
    };
    expect(Session.parse((await get('/v1/session')).json())).toMatchObject(times);
    expect((await list()).find(({ id }) => id === own.id)).toMatchObject(times);
    expect(questions(verifyCredentials)).toBe(asked);
  });

  it('goes idle no later than it ends', async () => {
    const secret = makeSecret('vks');
    gateway.states.set(hashSecret(secret), { ...own, id: uuidv7(), expiresAt: '2026-03-01T12:10:00.000Z' });
    const { payload } = await gateway.fastify.inject({
      url: '/v1/session',
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(Session.parse(JSON.parse(payload)).idleExpiresAt).toBe('2026-03-01T12:10:00.000Z');
  });
});
