import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { hasTwoFactor, Introspection, Problem, SessionState } from '@valetkey/contracts';
import { hashSecret, makeSecret } from '@valetkey/credentials';
import { waitUntil } from '@valetkey/testing/stack';
import { v7 as uuidv7 } from 'uuid';
import { LiveTrust } from '../src/credentials/live-trust.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';

let gateway: TestGateway;
let state: SessionState;
let secret: string;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

/** Another user in another portal session each time. */
beforeEach(() => {
  const [first] = gateway.states.values();
  if (!first) throw new Error('There is a session to begin with');
  secret = makeSecret('vks');
  state = { ...SessionState.parse(first), id: uuidv7(), subject: { type: 'user', id: uuidv7(), name: 'Ada Owner' } };
  gateway.states.set(hashSecret(secret), state);
});

async function codeOf(url: string): Promise<string> {
  const answer = await gateway.fastify.inject({ url, headers: { authorization: `Bearer ${secret}` } });
  return answer.statusCode === 200 ? 'ok' : `${answer.statusCode} ${Problem.parse(answer.json()).code}`;
}

async function introspect(): Promise<Introspection> {
  const { authorization } = gateway;
  const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
  const payload = `token=${secret}`;
  return Introspection.parse(
    (await gateway.fastify.inject({ method: 'POST', url: '/oauth/introspect', headers, payload })).json(),
  );
}

/** What the gateway keeps may be believed from now on. */
async function heard(): Promise<void> {
  const trusts = async () => {
    gateway.beat();
    return (await gateway.fastify.inject('/health/ready')).statusCode === 200 || undefined;
  };
  expect(await waitUntil(trusts, { timeoutMs: 5_000, everyMs: 20 })).toBe(true);
}

const sessions = () => codeOf(`/v1/accounts/${state.accountId}/sessions`);

describe('Where the policy of the account demands two-factor', () => {
  beforeEach(() => void gateway.bound.add(state.subject.id));

  it('a user without it reaches nothing of the account', async () => {
    expect(await sessions()).toBe('403 two_factor_required');
    expect(await codeOf('/v1/forward-auth')).toBe('403 two_factor_required');
  });

  it('products see them standing nowhere', async () => {
    const answer = await introspect();
    expect(answer).toMatchObject({ active: true, sub: `user:${state.subject.id}`, scope: '' });
    for (const member of ['account_id', 'role', 'scope_type']) expect(answer).not.toHaveProperty(member);
  });

  it('they still see their session, to enrol or to go elsewhere', async () => {
    expect(await codeOf('/v1/session')).toBe('ok');
  });

  it('a user who has it notices nothing', async () => {
    gateway.enrolled.add(state.subject.id);
    expect(await sessions()).toBe('ok');
    expect(await codeOf('/v1/forward-auth')).toBe('ok');
    expect(await introspect()).toMatchObject({ role: 'owner', scope: 'devices.view' });
  });

  it('whoever enrols or loses it is let in or out as soon as that is told', async () => {
    await heard();
    expect(await sessions()).toBe('403 two_factor_required');
    gateway.enrolled.add(state.subject.id);
    gateway.module.get(LiveTrust).drop([`user:${state.subject.id}`]);
    expect(await sessions()).toBe('ok');
    expect(await introspect()).toMatchObject({ role: 'owner' });
    gateway.enrolled.delete(state.subject.id);
    gateway.module.get(LiveTrust).drop([`user:${state.subject.id}`]);
    expect(await introspect()).not.toHaveProperty('role');
  });

  it('the answer of identity is kept like every other', async () => {
    await heard();
    const questions = () => gateway.asked.filter(({ contract }) => contract === hasTwoFactor).length;
    await sessions();
    const before = questions();
    await sessions();
    await introspect();
    expect(questions()).toBe(before);
  });

  it('the session of an access link is not bound', async () => {
    gateway.states.set(hashSecret(secret), { ...state, kind: 'access_link' });
    expect(await codeOf('/v1/forward-auth')).toBe('ok');
  });
});

it('identity is not asked about users whom no policy binds', async () => {
  const questions = () => gateway.asked.filter(({ contract }) => contract === hasTwoFactor).length;
  const before = questions();
  expect(await sessions()).toBe('ok');
  expect(questions()).toBe(before);
});
