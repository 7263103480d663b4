import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createLoginToken,
  deleteLoginToken,
  endLoginTokenSessions,
  rotateLoginToken,
  signOut,
  updateLoginToken,
} from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { HOUR, MINUTE, type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;

beforeAll(async () => {
  tokens = await Tokens.start();
});
afterAll(() => tokens.stop());

/** The owner of an account with a limit. */
async function limited(limit: number | null) {
  const owner = tokens.owner();
  const tenancy = tokens.tenancyOf(owner);
  await tokens.tell(tenancy.created(limit));
  return { owner, tenancy, create: (fields = {}) => tokens.create(owner, fields) };
}

const about = (owner: Owner, { id }: { id: string }) => ({ accountId: owner.accountId, loginTokenId: id });
const FULL = 'session_limit_reached';

describe('A token’s own limit', () => {
  it('bounds its live sessions; one that ends makes room', async () => {
    const { create } = await limited(null);
    const token = await create({ maxSessions: 2 });
    const [first] = [await tokens.redeem(token.secret), await tokens.redeem(token.secret)];
    expect(await tokens.refusal(token.secret)).toBe(FULL);

    await tokens.ask(signOut, {}, tokens.callerOf(first));

    expect(await tokens.refusal(token.secret)).toBeUndefined();
    expect(await tokens.refusal(token.secret)).toBe(FULL);
  });

  it('counts no session that time has ended, noted or not', async () => {
    const { create } = await limited(null);
    const token = await create({ maxSessions: 1 });
    await tokens.redeem(token.secret);

    tokens.service.clock.advance(HOUR);

    expect(await tokens.refusal(token.secret)).toBeUndefined();
  });

  it('when lowered ends nobody', async () => {
    const { owner, create } = await limited(null);
    const token = await create();
    const opened = [await tokens.redeem(token.secret), await tokens.redeem(token.secret)];

    await tokens.ask(updateLoginToken, { ...about(owner, token), maxSessions: 1 }, owner);

    expect(await tokens.live(...opened)).toEqual([true, true]);
    expect(await tokens.refusal(token.secret)).toBe(FULL);
  });
});

describe('The account’s limit', () => {
  it('bounds the sessions of all its tokens, first come, first served, and of no other account', async () => {
    const { owner, create } = await limited(2);
    const [one, other] = [await create(), await create()];
    await tokens.redeem(one.secret);
    await tokens.redeem(other.secret);

    expect(await tokens.refusal(one.secret)).toBe(FULL);
    expect(await tokens.refusal((await (await limited(1)).create()).secret)).toBeUndefined();
    await tokens.ask(endLoginTokenSessions, about(owner, other), owner);
    expect(await tokens.refusal(one.secret)).toBeUndefined();
  });

  it('keeps a token’s allotment free for it; those without one share the rest', async () => {
    const { create } = await limited(3);
    const [vip, one, other] = [await create({ maxSessions: 2 }), await create(), await create()];

    expect(await tokens.refusal(one.secret)).toBeUndefined();
    expect(await tokens.refusal(one.secret)).toBe(FULL);
    expect(await tokens.refusal(other.secret)).toBe(FULL);
    expect(await tokens.refusal(vip.secret)).toBeUndefined();
    expect(await tokens.refusal(vip.secret)).toBeUndefined();
    expect(await tokens.refusal(vip.secret)).toBe(FULL);
  });

  it('can be allotted whole, and then nothing is left to share', async () => {
    const { create } = await limited(2);
    await create({ maxSessions: 2 });
    expect(await tokens.refusal((await create()).secret)).toBe(FULL);
  });

  it('when lowered ends nobody and lets nobody in; lifted, it lets everybody in', async () => {
    const { tenancy, create } = await limited(2);
    const token = await create();
    const opened = [await tokens.redeem(token.secret), await tokens.redeem(token.secret)];

    await tokens.tell(tenancy.limited(1));
    expect(await tokens.live(...opened)).toEqual([true, true]);
    expect(await tokens.refusal(token.secret)).toBe(FULL);

    await tokens.tell(tenancy.limited(null));
    expect(await tokens.refusal(token.secret)).toBeUndefined();
  });

  it('bounds one-time tokens too, and does not spend one that it refuses', async () => {
    const { owner, create } = await limited(1);
    const [taken, waiting] = [await create({ type: 'one_time' }), await create({ type: 'one_time' })];
    await tokens.redeem(taken.secret);
    expect(await tokens.refusal(waiting.secret)).toBe(FULL);

    await tokens.ask(endLoginTokenSessions, about(owner, taken), owner);

    expect(await tokens.refusal(waiting.secret)).toBeUndefined();
  });
});

describe('Allotments above the account’s limit', () => {
  const createIn = (owner: Owner, maxSessions: number) => {
    const input = { accountId: owner.accountId, name: uuidv7(), type: 'permanent' as const, maxSessions };
    return tokens.attempt(createLoginToken, input, owner);
  };

  it('are refused, to a new token and to an edited one', async () => {
    const { owner, create } = await limited(5);
    const token = await create({ maxSessions: 3 });

    expect(await createIn(owner, 3)).toBe('limit_exceeded');
    const raise = (maxSessions: number) =>
      tokens.attempt(updateLoginToken, { ...about(owner, token), maxSessions }, owner);
    expect(await raise(6)).toBe('limit_exceeded');
    expect(await raise(5)).toMatchObject({ maxSessions: 5 });
    expect(await createIn(owner, 1)).toBe('limit_exceeded');
  });

  it('of a limit that was lowered beneath them can be lowered step by step, or stay; only growing is refused', async () => {
    const { owner, tenancy, create } = await limited(10);
    const [one, other, free] = [await create({ maxSessions: 5 }), await create({ maxSessions: 5 }), await create()];
    await tokens.tell(tenancy.limited(4));
    const change = (token: { id: string }, fields: object) =>
      tokens.attempt(updateLoginToken, { ...about(owner, token), ...fields }, owner);

    const name = uuidv7();
    expect(await change(one, { name, maxSessions: 5 })).toMatchObject({ name, maxSessions: 5 });
    expect(await change(one, { maxSessions: 1 })).toMatchObject({ maxSessions: 1 });
    expect(await change(one, { maxSessions: 2 })).toBe('limit_exceeded');
    expect(await change(free, { maxSessions: 1 })).toBe('limit_exceeded');
    expect(await change(other, { maxSessions: null })).not.toHaveProperty('maxSessions');
    expect(await change(one, { maxSessions: 4 })).toMatchObject({ maxSessions: 4 });
  });

  it('are given back by a token that is deleted, used or expired', async () => {
    const { owner, create } = await limited(3);
    const deleted = await create({ maxSessions: 1 });
    const used = await create({ maxSessions: 1, type: 'one_time' });
    await create({ maxSessions: 1, expiresAt: tokens.later(MINUTE).toISOString() });
    expect(await createIn(owner, 1)).toBe('limit_exceeded');

    await tokens.ask(deleteLoginToken, about(owner, deleted), owner);
    expect(await createIn(owner, 1)).toMatchObject({ loginToken: { maxSessions: 1 } });
    await tokens.ask(signOut, {}, tokens.callerOf(await tokens.redeem(used.secret)));
    expect(await createIn(owner, 1)).toMatchObject({ loginToken: { maxSessions: 1 } });
    tokens.service.clock.advance(MINUTE);
    expect(await createIn(owner, 1)).toMatchObject({ loginToken: { maxSessions: 1 } });
    expect(await createIn(owner, 1)).toBe('limit_exceeded');
  });

  it('are refused to all but those that fit when many ask at once', async () => {
    const { owner } = await limited(5);
    const answers = await Promise.all(Array.from({ length: 20 }, () => createIn(owner, 2)));
    expect(answers.filter((answer) => answer !== 'limit_exceeded')).toHaveLength(2);
  });
});

it('A rotated token keeps its allotment', async () => {
  const { owner, create } = await limited(1);
  const token = await create({ maxSessions: 1 });
  const { secret } = await tokens.ask(rotateLoginToken, about(owner, token), owner);
  expect(await tokens.refusal(secret)).toBeUndefined();
});
