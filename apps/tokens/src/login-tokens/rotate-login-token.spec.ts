import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AskOf, deleteLoginToken, getLoginToken, rotateLoginToken, signOut } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { HOUR, MINUTE, type Owner, SECOND, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
  owner = tokens.owner();
});
afterAll(() => tokens.stop());

const about = ({ id }: { id: string }) => ({ accountId: owner.accountId, loginTokenId: id });
const rotate = (token: { id: string }, graceSeconds?: number) =>
  tokens.ask(rotateLoginToken, { ...about(token), graceSeconds }, owner);
const refusalOf = async (token: { id: string }, more: Partial<AskOf<typeof rotateLoginToken>> = {}, by = owner) =>
  tokens.attempt(rotateLoginToken, { ...about(token), ...more }, by);
const endOf = async (session: { id: string }) => {
  const [, ended] = await tokens.eventsOf(`session:${session.id}`);
  return ended?.data;
};

describe('Rotating without a grace period', () => {
  it('gives a new secret, kills the old one and ends its sessions', async () => {
    const token = await tokens.create(owner);
    const before = await tokens.redeem(token.secret);

    const { loginToken, secret } = await rotate(token);

    expect(loginToken).toMatchObject({
      id: token.id,
      status: 'active',
      hint: `vkl_…${secret.slice(-4)}`,
      liveSessions: 0,
    });
    expect(secret).not.toBe(token.secret);
    expect(await tokens.live(before)).toEqual([false]);
    expect(await endOf(before.session)).toMatchObject({ reason: 'credential-rotated' });
    expect(await tokens.refusal(token.secret)).toBe('invalid_token');
    expect(await tokens.live(await tokens.redeem(secret))).toEqual([true]);
    expect(await tokens.told(`login-token:${token.id}`)).toEqual(['created', 'redeemed', 'rotated', 'redeemed']);
  });

  it('answers only after it was told, naming what it touched', async () => {
    const token = await tokens.create(owner);
    const context = tokens.service.context(owner);
    const { touched } = await tokens.service.gateway.request(rotateLoginToken, about(token), context);
    expect(touched).toEqual([`login-token:${token.id}`]);
  });
});

it('Rotating makes a new revision, for the hint is another', async () => {
  const token = await tokens.create(owner);
  await rotate(token);
  expect(await tokens.ask(getLoginToken, about(token), owner)).toMatchObject({ revision: 2 });
});

describe('Rotating with a grace period', () => {
  it('lets the old secret open sessions until its end, and then ends what it opened', async () => {
    const token = await tokens.create(owner);
    const earlier = await tokens.redeem(token.secret);
    const { secret } = await rotate(token, 600);
    const graceEndsAt = tokens.later(10 * MINUTE).toISOString();

    expect((await tokens.eventsOf(`login-token:${token.id}`)).at(-1)).toMatchObject({ data: { graceEndsAt } });
    expect(await tokens.live(earlier)).toEqual([true]);
    expect(await tokens.verify(earlier.secret)).toMatchObject({ expiresAt: graceEndsAt });
    await tokens.pass(9 * MINUTE);
    const within = await tokens.redeem(token.secret);
    const own = await tokens.redeem(secret);
    expect(within.session.expiresAt).toBe(graceEndsAt);
    expect(own.session.expiresAt).toBe(tokens.later(12 * HOUR).toISOString());

    tokens.service.clock.advance(MINUTE);
    expect(await tokens.refusal(token.secret)).toBe('invalid_token');
    expect(await tokens.live(earlier, within, own)).toEqual([false, false, true]);

    await tokens.sweep();
    for (const { session } of [earlier, within]) {
      expect(await endOf(session)).toMatchObject({ reason: 'credential-rotated' });
    }
    expect(await tokens.told(`session:${own.session.id}`)).toEqual(['opened']);
    expect(await tokens.live(own)).toEqual([true]);
  });

  it('keeps one old secret at most: another rotation kills the older one and its sessions', async () => {
    const token = await tokens.create(owner);
    const first = await tokens.redeem(token.secret);
    const second = await rotate(token, 600);
    const bySecond = await tokens.redeem(second.secret);

    const third = await rotate(token, 60);

    expect(await tokens.refusal(token.secret)).toBe('invalid_token');
    expect(await tokens.refusal(second.secret)).toBeUndefined();
    expect(await tokens.live(first, bySecond)).toEqual([false, true]);
    expect(await endOf(first.session)).toMatchObject({ reason: 'credential-rotated' });
    await tokens.pass(MINUTE);
    expect(await tokens.refusal(second.secret)).toBe('invalid_token');
    expect(await tokens.live(bySecond, await tokens.redeem(third.secret))).toEqual([false, true]);
  });

  it('is cut short by a rotation without one', async () => {
    const token = await tokens.create(owner);
    const { secret } = await rotate(token, 600);
    const opened = [await tokens.redeem(token.secret), await tokens.redeem(secret)];

    await rotate(token);

    expect(await tokens.live(...opened)).toEqual([false, false]);
    expect([await tokens.refusal(token.secret), await tokens.refusal(secret)]).toEqual([
      'invalid_token',
      'invalid_token',
    ]);
  });

  it('ends with the token', async () => {
    const token = await tokens.create(owner, { expiresAt: tokens.later(MINUTE).toISOString() });
    await rotate(token, 600);
    const opened = await tokens.redeem(token.secret);
    expect(opened.session.expiresAt).toBe(tokens.later(MINUTE).toISOString());

    await tokens.pass(MINUTE);

    expect(await endOf(opened.session)).toMatchObject({ reason: 'credential-expired' });
  });

  it('of a deleted token is over', async () => {
    const token = await tokens.create(owner);
    await rotate(token, 600);
    const opened = await tokens.redeem(token.secret);

    await tokens.ask(deleteLoginToken, about(token), owner);

    expect(await tokens.live(opened)).toEqual([false]);
    expect(await tokens.refusal(token.secret)).toBe('invalid_token');
  });

  it('is at most seven days', async () => {
    const token = await tokens.create(owner);
    expect(await refusalOf(token, { graceSeconds: 7 * 24 * 3600 + 1 })).toBe('malformed');
    expect(await refusalOf(token, { graceSeconds: -1 })).toBe('malformed');
    await rotate(token, 7 * 24 * 3600);
  });
});

describe('A one-time token', () => {
  it('rotates while it is ready, without grace', async () => {
    const token = await tokens.create(owner, { type: 'one_time' });

    expect(await refusalOf(token, { graceSeconds: 60 })).toBe('grace_not_allowed');
    const { secret } = await rotate(token);

    expect(await tokens.refusal(token.secret)).toBe('invalid_token');
    expect(await tokens.refusal(secret)).toBeUndefined();
  });

  it('does not once somebody uses or has used it', async () => {
    const token = await tokens.create(owner, { type: 'one_time' });
    const opened = await tokens.redeem(token.secret);
    expect(await refusalOf(token)).toBe('not_rotatable');

    await tokens.ask(signOut, {}, tokens.callerOf(opened));
    expect(await refusalOf(token)).toBe('not_rotatable');
  });
});

describe('Rotating is refused', () => {
  it('for an expired token, noted as such or not', async () => {
    const token = await tokens.create(owner, { expiresAt: tokens.later(SECOND).toISOString() });
    tokens.service.clock.advance(SECOND);
    expect(await refusalOf(token)).toBe('not_rotatable');
    await tokens.sweep();
    expect(await refusalOf(token)).toBe('not_rotatable');
  });

  it('for a token of another account and for one that never was, alike', async () => {
    const foreign = await tokens.create(tokens.owner());
    expect(await refusalOf(foreign)).toBe('not_found');
    expect(await refusalOf({ id: uuidv7() })).toBe('not_found');
    expect(await refusalOf({ id: 'no-id' })).toBe('not_found');
    expect(await refusalOf(foreign, { graceSeconds: -1 })).toBe('not_found');
  });

  it('to a viewer', async () => {
    const token = await tokens.create(owner);
    const grants = [{ scope: { type: 'account' as const, id: owner.accountId }, role: 'viewer' as const }];
    expect(await refusalOf(token, {}, { ...owner, grants })).toBe('forbidden');
  });
});

it('The limit of sessions counts those of an old secret too', async () => {
  const token = await tokens.create(owner, { maxSessions: 1 });
  const before = await tokens.redeem(token.secret);
  const { secret } = await rotate(token, 60);
  expect(await tokens.refusal(secret)).toBe('session_limit_reached');

  await tokens.pass(MINUTE);

  expect(await tokens.live(before)).toEqual([false]);
  expect(await tokens.refusal(secret)).toBeUndefined();
  expect((await tokens.ask(getLoginToken, about(token), owner)).liveSessions).toBe(1);
});
