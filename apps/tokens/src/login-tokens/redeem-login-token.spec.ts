import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  deleteLoginToken,
  endAccountSession,
  getLoginToken,
  recordUses,
  revokeCredential,
  signOut,
} from '@valetkey/contracts';
import { hashSecret, makeSecret } from '@valetkey/credentials';
import { v7 as uuidv7 } from 'uuid';
import { HOUR, MINUTE, type Owner, SECOND, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
  owner = tokens.owner();
});
afterAll(() => tokens.stop());

const look = ({ id }: { id: string }) =>
  tokens.ask(getLoginToken, { accountId: owner.accountId, loginTokenId: id }, owner);
const from = (address: string) => ({ address });

describe('Redeeming a login token', () => {
  it('opens a login_token session of its account, with its role and scope', async () => {
    const scope = { type: 'organization' as const, id: tokens.newScope() };
    const token = await tokens.create(owner, { name: 'Service visit', role: 'viewer', scope });

    const { session, secret } = await tokens.redeem(token.secret);

    expect(secret).toMatch(/^vks_/);
    expect(session).toEqual({
      id: expect.any(String),
      kind: 'login_token',
      subject: { type: 'login-token', id: token.id, name: 'Service visit' },
      accountId: owner.accountId,
      organizationId: scope.id,
      grant: { scope, role: 'viewer' },
      operator: false,
      allowedCidrs: [],
      createdAt: '2026-03-01T12:00:00.000Z',
      lastSeenAt: '2026-03-01T12:00:00.000Z',
      idleExpiresAt: '2026-03-01T13:00:00.000Z',
      expiresAt: '2026-03-02T00:00:00.000Z',
      idleSeconds: 3600,
      address: '203.0.113.7',
      userAgent: 'jest',
    });
    expect(await tokens.verify(secret)).toEqual(session);
  });

  it('stands in the organization that is the token’s scope, and in none for a wider one', async () => {
    const group = { type: 'group' as const, id: tokens.newScope() };
    for (const scope of [group, undefined]) {
      const { session } = await tokens.redeem((await tokens.create(owner, { scope })).secret);
      expect(session).not.toHaveProperty('organizationId');
    }
  });

  it('is told as an act of the token itself', async () => {
    const token = await tokens.create(owner, { name: 'Told' });
    const { session } = await tokens.redeem(token.secret);

    const act = { accountid: owner.accountId, actor: `login-token:${token.id}` };
    expect(await tokens.eventsOf(`session:${session.id}`)).toMatchObject([
      {
        type: 'dev.valetkey.session.opened.v1',
        sequence: 1,
        ...act,
        data: { kind: 'login_token', loginTokenId: token.id, expiresAt: session.expiresAt, address: '203.0.113.7' },
      },
    ]);
    const [, redeemed] = await tokens.eventsOf(`login-token:${token.id}`);
    expect(redeemed).toMatchObject({ ...act, sequence: 2, data: { name: 'Told', sessionId: session.id } });
  });

  it('notes when and from where the token was last used', async () => {
    const token = await tokens.create(owner);
    expect(await look(token)).not.toHaveProperty('lastUsedAt');

    await tokens.redeem(token.secret, from('198.51.100.9'));

    const used = { lastUsedAt: tokens.later(0).toISOString(), lastUsedFrom: '198.51.100.9', liveSessions: 1 };
    expect(await look(token)).toMatchObject(used);
  });

  it.each([
    ['something else', 'hello'],
    ['a secret of another kind', makeSecret('vks')],
    ['a secret with a typo', `${makeSecret('vkl').slice(0, -1)}-`],
    ['an unknown secret', makeSecret('vkl')],
  ])('is refused for %s', async (_what, secret) => {
    expect(await tokens.refusal(secret)).toBe('invalid_token');
  });
});

describe('A permanent token', () => {
  it('is active, opens any number of sessions, and expires', async () => {
    const token = await tokens.create(owner, { expiresAt: tokens.later(HOUR).toISOString() });
    const opened = [await tokens.redeem(token.secret), await tokens.redeem(token.secret)];
    expect(await look(token)).toMatchObject({ status: 'active', liveSessions: 2 });
    expect(opened[0]?.session.expiresAt).toBe(tokens.later(HOUR).toISOString());

    tokens.service.clock.advance(HOUR);
    expect(await look(token)).toMatchObject({ status: 'expired', liveSessions: 0 });
    expect(await tokens.refusal(token.secret)).toBe('invalid_token');
    expect(await tokens.live(...opened)).toEqual([false, false]);

    await tokens.sweep();
    expect(await look(token)).toMatchObject({ status: 'expired' });
    expect(await tokens.told(`login-token:${token.id}`)).toEqual(['created', 'redeemed', 'redeemed', 'expired']);
    const ended = await tokens.eventsOf(`session:${opened[0]?.session.id}`);
    expect(ended.map(({ data }) => data)).toEqual([
      expect.anything(),
      expect.objectContaining({ reason: 'credential-expired', loginTokenId: token.id }),
    ]);
  });
});

describe('A one-time token', () => {
  it('is ready, in use while its session lives, and used when that ends by sign-out', async () => {
    const token = await tokens.create(owner, { type: 'one_time' });
    expect((await look(token)).status).toBe('ready');

    const opened = await tokens.redeem(token.secret);
    expect(await look(token)).toMatchObject({ status: 'in_use', liveSessions: 1 });
    expect(await tokens.refusal(token.secret)).toBe('invalid_token');

    await tokens.ask(signOut, {}, tokens.callerOf(opened));
    expect(await look(token)).toMatchObject({ status: 'used', liveSessions: 0 });
    expect(await tokens.refusal(token.secret)).toBe('invalid_token');
    expect(await tokens.told(`login-token:${token.id}`)).toEqual(['created', 'redeemed', 'used']);
    expect(await tokens.told(`session:${opened.session.id}`)).toEqual(['opened', 'ended']);
  });

  it('is used when its session times out: a crash without sign-out', async () => {
    const token = await tokens.create(owner, { type: 'one_time' });
    const opened = await tokens.redeem(token.secret);

    await tokens.pass(HOUR - SECOND);
    expect(await tokens.live(opened)).toEqual([true]);
    await tokens.pass(SECOND);

    expect(await tokens.live(opened)).toEqual([false]);
    expect((await look(token)).status).toBe('used');
    const [, ended] = await tokens.eventsOf(`session:${opened.session.id}`);
    expect(ended).toMatchObject({ actor: 'service:tokens', data: { reason: 'idle' } });
  });

  it('is used when an owner ends its session', async () => {
    const token = await tokens.create(owner, { type: 'one_time' });
    const { session } = await tokens.redeem(token.secret);

    await tokens.ask(endAccountSession, { accountId: owner.accountId, sessionId: session.id }, owner);

    expect((await look(token)).status).toBe('used');
  });

  it('is used when a resource server revokes its session', async () => {
    const token = await tokens.create(owner, { type: 'one_time' });
    const { session, secret } = await tokens.redeem(token.secret);
    const resourceServerId = uuidv7();

    await tokens.ask(revokeCredential, { hash: hashSecret(secret), resourceServerId });

    expect((await look(token)).status).toBe('used');
    const [, ended] = await tokens.eventsOf(`session:${session.id}`);
    expect(ended).toMatchObject({ actor: `resource-server:${resourceServerId}`, data: { reason: 'signed-out' } });
  });

  it('is used, not expired, when its expiry ends its session', async () => {
    const token = await tokens.create(owner, { type: 'one_time', expiresAt: tokens.later(10 * MINUTE).toISOString() });
    const { session } = await tokens.redeem(token.secret);

    tokens.service.clock.advance(10 * MINUTE);
    expect((await look(token)).status).toBe('used');
    await tokens.sweep();

    expect((await look(token)).status).toBe('used');
    expect(await tokens.told(`login-token:${token.id}`)).toEqual(['created', 'redeemed', 'used']);
    const [, ended] = await tokens.eventsOf(`session:${session.id}`);
    expect(ended).toMatchObject({ data: { reason: 'credential-expired' } });
  });

  it('that nobody redeemed expires', async () => {
    const token = await tokens.create(owner, { type: 'one_time', expiresAt: tokens.later(MINUTE).toISOString() });

    await tokens.pass(MINUTE);

    expect((await look(token)).status).toBe('expired');
    expect(await tokens.refusal(token.secret)).toBe('invalid_token');
    expect(await tokens.told(`login-token:${token.id}`)).toEqual(['created', 'expired']);
  });

  it('that is refused for its address is not spent', async () => {
    const token = await tokens.create(owner, { type: 'one_time', allowedCidrs: ['198.51.100.0/24'] });

    expect(await tokens.refusal(token.secret, from('203.0.113.7'))).toBe('invalid_token');

    expect(await look(token)).not.toHaveProperty('lastUsedAt');
    expect((await look(token)).status).toBe('ready');
    expect(await tokens.refusal(token.secret, from('198.51.100.7'))).toBeUndefined();
  });
});

describe('The addresses that a token allows', () => {
  it.each([
    ['203.0.113.0/24', '203.0.113.200', '203.0.114.1'],
    ['2001:db8::/32', '2001:db8::1', '2001:db9::1'],
    ['198.51.100.0/24', '::ffff:198.51.100.1', '::ffff:198.51.101.1'],
  ])('%s: from %s it is redeemed, from %s it is as good as unknown', async (cidr, inside, outside) => {
    const { secret } = await tokens.create(owner, { allowedCidrs: [cidr] });

    expect(await tokens.refusal(secret, from(outside))).toBe('invalid_token');
    const { session } = await tokens.redeem(secret, from(inside));

    expect(session.allowedCidrs).toEqual([cidr]);
  });

  it('refuse one whose address nobody knows', async () => {
    const { secret } = await tokens.create(owner, { allowedCidrs: ['0.0.0.0/0'] });
    expect(await tokens.refusal(secret, { address: undefined })).toBe('invalid_token');
  });
});

describe('A login_token session', () => {
  it('ends 12 hours after it was opened, however much it is used', async () => {
    const token = await tokens.create(owner);
    const opened = await tokens.redeem(token.secret);
    for (let used = 0; used < 24; used += 1) {
      const use = { id: opened.session.id, at: tokens.later(0).toISOString(), address: '203.0.113.7' };
      await tokens.ask(recordUses, { uses: [use] });
      expect(await tokens.live(opened)).toEqual([true]);
      await tokens.pass(HOUR / 2);
    }

    expect(await tokens.live(opened)).toEqual([false]);
    const [, ended] = await tokens.eventsOf(`session:${opened.session.id}`);
    expect(ended).toMatchObject({ data: { reason: 'expired' } });
  });

  it('carries the present name, role and addresses of its token', async () => {
    const token = await tokens.create(owner, { name: 'Before', role: 'manager' });
    const { secret } = await tokens.redeem(token.secret);

    await tokens.sql(
      `UPDATE login_tokens SET name = 'After', role = 'viewer', allowed_cidrs = '{::/0}' WHERE id = $1`,
      [token.id],
    );

    expect(await tokens.verify(secret)).toMatchObject({
      subject: { name: 'After' },
      grant: { role: 'viewer' },
      allowedCidrs: ['::/0'],
    });
  });

  it('is over at the moment of its token’s deletion', async () => {
    const token = await tokens.create(owner);
    const opened = await tokens.redeem(token.secret);
    await tokens.ask(deleteLoginToken, { accountId: owner.accountId, loginTokenId: token.id }, owner);
    expect(await tokens.live(opened)).toEqual([false]);
  });
});
