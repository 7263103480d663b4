import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { signOut, updateAccessKey, updateLoginToken } from '@valetkey/contracts';
import { HOUR, MILLISECOND, type Owner, Tokens } from '../../test/tokens.ts';

const DAY = 24 * HOUR;

let tokens: Tokens;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
});
beforeEach(() => {
  owner = tokens.owner();
});
afterAll(() => tokens.stop());

const inDays = (days: number) => ({ expiresAt: tokens.later(days * DAY).toISOString() });
const move = async (kind: string, id: string, expiresAt: string | null) => {
  const { accountId } = owner;
  if (kind === 'access-key') await tokens.ask(updateAccessKey, { accountId, accessKeyId: id, expiresAt }, owner);
  else await tokens.ask(updateLoginToken, { accountId, loginTokenId: id, expiresAt }, owner);
};

describe.each([
  ['access-key', 'access_keys', (fields: object) => tokens.createKey(owner, fields)],
  ['login-token', 'login_tokens', (fields: object) => tokens.create(owner, fields)],
] as const)('Of an expiring %s', (kind, table, make) => {
  const remindersOf = async ({ id }: { id: string }) =>
    (await tokens.eventsOf(`${kind}:${id}`)).flatMap(({ type, data }) =>
      type === `dev.valetkey.${kind}.expiring.v1` ? [data] : [],
    );

  it('it is told 14, 7 and 1 days before, once each, with its name and its expiry', async () => {
    const made = await make(inDays(20));
    const told: unknown[] = [];
    for (let day = 0; day <= 20; day += 1) {
      await tokens.pass(DAY);
      await tokens.sweep();
      const reminders = await remindersOf(made);
      if (reminders.length > told.length) told.push({ day, told: reminders.at(-1) });
      expect(reminders).toHaveLength(told.length);
    }
    const { name, expiresAt } = made;
    expect(told).toEqual([
      { day: 5, told: { name, expiresAt, daysLeft: 14 } },
      { day: 12, told: { name, expiresAt, daysLeft: 7 } },
      { day: 18, told: { name, expiresAt, daysLeft: 1 } },
    ]);
    expect(await tokens.told(`${kind}:${made.id}`)).toEqual(['created', 'expiring', 'expiring', 'expiring', 'expired']);
  });

  it('made less than 14 days before its end only what is still ahead is told', async () => {
    const made = await make(inDays(5));
    await tokens.pass(4 * DAY - MILLISECOND);
    expect(await remindersOf(made)).toEqual([]);
    await tokens.pass(MILLISECOND);
    expect(await remindersOf(made)).toMatchObject([{ daysLeft: 1 }]);
  });

  it('what came due while nobody looked is one reminder, the nearest to the end', async () => {
    const made = await make(inDays(20));
    await tokens.pass(14 * DAY);
    expect(await remindersOf(made)).toMatchObject([{ daysLeft: 7 }]);
  });

  it('a moved expiry is told of anew, a removed one no more', async () => {
    const [moved, removed] = [await make(inDays(15)), await make(inDays(15))];
    await tokens.pass(DAY);
    await move(kind, moved.id, inDays(30).expiresAt);
    await move(kind, removed.id, null);
    await tokens.pass(16 * DAY);
    expect(await remindersOf(removed)).toMatchObject([{ daysLeft: 14 }]);
    expect(await remindersOf(moved)).toMatchObject([{ daysLeft: 14 }, { daysLeft: 14 }]);
  });

  it('many replicas at once tell it once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => make(inDays(2))));
    tokens.service.clock.advance(DAY);
    await Promise.all(Array.from({ length: 5 }, () => tokens.sweep()));
    await tokens.sweep();
    for (const made of all) expect(await remindersOf(made)).toHaveLength(1);
  });

  it('one past its end is told as expired alone', async () => {
    const made = await make(inDays(2));
    await tokens.pass(3 * DAY);
    expect(await tokens.told(`${kind}:${made.id}`)).toEqual(['created', 'expired']);
    expect(await tokens.sql(`SELECT remind_at FROM ${table} WHERE id = $1`, [made.id])).toEqual([{ remind_at: null }]);
  });
});

describe('Of login tokens', () => {
  it('one that is used up nobody is reminded', async () => {
    const token = await tokens.create(owner, { type: 'one_time', ...inDays(2) });
    await tokens.ask(signOut, {}, tokens.callerOf(await tokens.redeem(token.secret)));
    await tokens.pass(DAY);
    expect(await tokens.told(`login-token:${token.id}`)).toEqual(['created', 'redeemed', 'used']);
  });

  it('those of the version before get the reminders that are still ahead, and none at once', async () => {
    const [soon, later, never] = [
      await tokens.create(owner, inDays(5)),
      await tokens.create(owner, inDays(20)),
      await tokens.create(owner),
    ];
    const ids = [soon, later, never].map(({ id }) => id);
    await tokens.sql('UPDATE login_tokens SET remind_at = DEFAULT WHERE id = ANY($1)', [ids]);
    await tokens.sweep();
    for (const id of ids) expect(await tokens.told(`login-token:${id}`)).toEqual(['created']);
    await tokens.pass(4 * DAY);
    expect(await tokens.told(`login-token:${soon.id}`)).toEqual(['created', 'expiring']);
    await tokens.pass(2 * DAY);
    expect(await tokens.told(`login-token:${later.id}`)).toEqual(['created', 'expiring']);
    expect(await tokens.told(`login-token:${never.id}`)).toEqual(['created']);
  });
});
