import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type AccessKeyState, recordUses, verifyCredentials } from '@valetkey/contracts';
import { hashSecret, makeSecret } from '@valetkey/credentials';
import { waitUntil } from '@valetkey/testing/stack';
import { v7 as uuidv7 } from 'uuid';
import { Uses } from '../src/credentials/uses.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';

const SECOND = 1_000;

let gateway: TestGateway;
let accountId: string;
let secret: string;
let state: AccessKeyState;

beforeAll(async () => {
  gateway = await startGateway();
  const [session] = gateway.states.values();
  accountId = session?.accountId ?? '';
  const trusts = async () => {
    gateway.beat();
    return (await gateway.fastify.inject('/health/ready')).statusCode === 200 || undefined;
  };
  await waitUntil(trusts, { timeoutMs: 5_000, everyMs: 20 });
});
afterAll(() => gateway.stop());

/** Another key each time. */
beforeEach(() => {
  gateway.beat();
  secret = makeSecret('vkk');
  state = {
    kind: 'access_key',
    id: uuidv7(),
    subject: { type: 'access-key', id: uuidv7(), name: 'CI' },
    accountId,
    grant: { scope: { type: 'account', id: accountId }, role: 'viewer' },
    operator: false,
    allowedCidrs: [],
    createdAt: '2026-03-01T11:00:00.000Z',
  };
  gateway.states.set(hashSecret(secret), state);
});

const change = (fields: Partial<AccessKeyState>) => gateway.states.set(hashSecret(secret), { ...state, ...fields });
const introspect = async (more = ''): Promise<unknown> => {
  const { authorization } = gateway;
  const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
  const asked = { method: 'POST', url: '/oauth/introspect', headers, payload: `token=${secret}${more}` } as const;
  return (await gateway.fastify.inject(asked)).json();
};
const get = (url: string) => gateway.fastify.inject({ url, headers: { authorization: `Bearer ${secret}` } });

describe('The introspection of an access key', () => {
  it('names a key and no session, and no end where there is none', async () => {
    expect(await introspect()).toEqual({
      active: true,
      token_type: 'access_key',
      kind: 'access_key',
      sub: `access-key:${state.subject.id}`,
      account_id: accountId,
      scope_type: 'account',
      scope_id: accountId,
      role: 'owner',
      scope: 'devices.view',
      iat: Date.parse(state.createdAt) / SECOND,
    });
  });

  it('is kept to the end of an old secret’s grace and not a moment longer', async () => {
    const expiresAt = new Date(gateway.clock.now().getTime() + 30 * SECOND);
    change({ expiresAt: expiresAt.toISOString() });
    const asked = () => gateway.asked.filter(({ contract }) => contract === verifyCredentials).length;
    expect(await introspect()).toMatchObject({ active: true, exp: expiresAt.getTime() / SECOND });
    const before = asked();
    gateway.clock.advance(30 * SECOND - 1);
    gateway.beat();
    expect(await introspect()).toMatchObject({ active: true });
    expect(asked()).toBe(before);
    gateway.states.delete(hashSecret(secret));
    gateway.clock.advance(1);
    gateway.beat();
    expect(await introspect()).toEqual({ active: false });
  });

  it('is inactive once the scope of the key is gone', async () => {
    const id = uuidv7();
    gateway.strangers.add(id);
    change({ grant: { scope: { type: 'group', id }, role: 'viewer' } });
    expect(await introspect()).toEqual({ active: false });
    expect((await get('/v1/forward-auth')).statusCode).toBe(401);
  });

  it('is active from allowed networks alone, wherever it is asked', async () => {
    change({ allowedCidrs: ['203.0.113.0/24'] });
    expect(await introspect()).toEqual({ active: false });
    expect(await introspect('&client_address=198.51.100.1')).toEqual({ active: false });
    expect(await introspect('&client_address=203.0.113.9')).toMatchObject({ allowed_cidrs: ['203.0.113.0/24'] });
    expect((await get('/v1/forward-auth')).statusCode).toBe(401);
  });
});

describe('An access key', () => {
  it('has no session to show, to move or to end', async () => {
    for (const method of ['GET', 'PATCH', 'DELETE'] as const) {
      const headers = { authorization: `Bearer ${secret}` };
      const answer = await gateway.fastify.inject({ method, url: '/v1/session', headers });
      expect([method, answer.statusCode, answer.json()]).toMatchObject([method, 403, { code: 'key_not_allowed' }]);
    }
  });

  it('has its uses told by address, one that nobody named among them', async () => {
    const uses = gateway.module.get(Uses);
    await uses.write();
    await introspect('&client_address=203.0.113.9');
    await introspect('&client_address=198.51.100.1');
    await introspect('&client_address=203.0.113.9');
    await introspect();
    await uses.write();
    const [told] = gateway.asked.filter(({ contract }) => contract === recordUses).slice(-1);
    const { id } = state;
    expect(told?.input).toMatchObject({
      uses: [],
      keyUses: [{ id, address: '203.0.113.9' }, { id, address: '198.51.100.1' }, { id }],
    });
  });
});
