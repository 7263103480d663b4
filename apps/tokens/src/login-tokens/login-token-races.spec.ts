import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  deleteLoginToken,
  endAccountSessions,
  endLoginTokenSessions,
  getLoginToken,
  redeemLoginToken,
  rotateLoginToken,
  signOut,
  updateLoginToken,
} from '@valetkey/contracts';
import { waitUntil } from '@valetkey/testing/stack';
import { MINUTE, type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let owner: Owner;

// Secrets of tokens just deleted are unknown ones: their minute must not run into the next test's.
beforeEach(() => tokens.service.clock.advance(MINUTE));
beforeAll(async () => {
  tokens = await Tokens.start();
  owner = tokens.owner();
});
afterAll(async () => {
  try {
    await tokens.stopService();
    expect(await deadlocks()).toBe(0);
  } finally {
    await tokens.stop();
  }
});

type Opened = Awaited<ReturnType<Tokens['redeem']>>;

const times = <T>(count: number, make: (place: number) => T): T[] =>
  Array.from({ length: count }, (_, place) => make(place));
const about = ({ id }: { id: string }, by = owner) => ({ accountId: by.accountId, loginTokenId: id });

/** Each redemption that succeeded, and the codes of those that did not. */
async function redeemAtOnce(secrets: readonly string[]): Promise<{ opened: Opened[]; refusals: string[] }> {
  const answers = await Promise.all(secrets.map((token) => tokens.attempt(redeemLoginToken, { token })));
  const opened = answers.filter((answer) => typeof answer !== 'string');
  return { opened, refusals: answers.filter((answer) => typeof answer === 'string') };
}

async function liveOf(opened: readonly Opened[]): Promise<number> {
  return opened.length === 0 ? 0 : (await tokens.live(...opened)).filter(Boolean).length;
}

/** Runs the works in an order that differs from time to time. */
const shuffled = <T>(works: (() => Promise<T>)[], turn: number): Promise<T[]> =>
  Promise.all(
    works.map((_, place) => works[(place + turn) % works.length]?.() ?? Promise.reject(new Error('no work'))),
  );

describe('Of simultaneous redemptions', () => {
  it('of a one-time token exactly one of 200 succeeds', async () => {
    const token = await tokens.create(owner, { type: 'one_time' });

    const { opened, refusals } = await redeemAtOnce(times(200, () => token.secret));

    expect(opened).toHaveLength(1);
    expect(new Set(refusals)).toEqual(new Set(['invalid_token']));
    expect(await tokens.told(`login-token:${token.id}`)).toEqual(['created', 'redeemed']);
  });

  it('no more than the token’s limit of 100 succeed', async () => {
    const token = await tokens.create(owner, { maxSessions: 7 });

    const { opened, refusals } = await redeemAtOnce(times(100, () => token.secret));

    expect(opened).toHaveLength(7);
    expect(new Set(refusals)).toEqual(new Set(['session_limit_reached']));
    expect(await tokens.told(`login-token:${token.id}`)).toHaveLength(8);
  });

  it('no more than the account’s limit of 100 succeed, whatever tokens they use', async () => {
    const crowded = tokens.owner();
    await tokens.tell(tokens.tenancyOf(crowded).created(9));
    const allotted = await tokens.create(crowded, { maxSessions: 4 });
    const sharing = await Promise.all(times(5, () => tokens.create(crowded)));
    const secrets = times(100, (place) => (place % 3 === 0 ? allotted : sharing[place % 5])?.secret ?? '');

    const { opened, refusals } = await redeemAtOnce(secrets);

    const ofAllotted = opened.filter(({ session }) => session.subject.id === allotted.id);
    expect([ofAllotted.length, opened.length]).toEqual([4, 9]);
    expect(new Set(refusals)).toEqual(new Set(['session_limit_reached']));
  });

  it('no more than a limit that comes meanwhile succeed after it', async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      const account = tokens.owner();
      const tenancy = tokens.tenancyOf(account);
      await tokens.tell(tenancy.created(null));
      const all = await Promise.all(times(20, () => tokens.create(account)));

      const limit = tokens.tell(tenancy.limited(1));
      await redeemAtOnce(all.map(({ secret }) => secret));
      await limit;

      const [told] = await tokens.sql('SELECT count(*)::int AS live FROM sessions WHERE account_id = $1', [
        account.accountId,
      ]);
      const { opened } = await redeemAtOnce(all.map(({ secret }) => secret));
      expect(Number(told?.['live']) + opened.length).toBeGreaterThanOrEqual(1);
      expect(opened).toHaveLength(Number(told?.['live']) > 0 ? 0 : 1);
    }
  });
});

describe('A redemption that races with', () => {
  const rounds = times(11, (turn) => turn);

  it('the deletion of its token leaves no live session', async () => {
    for (const turn of rounds) {
      const token = await tokens.create(owner);
      const deleting = () => tokens.ask(deleteLoginToken, about(token), owner).then(() => undefined);
      const redeeming = () => tokens.attempt(redeemLoginToken, { token: token.secret });
      const answers = await shuffled<Opened | string | undefined>([deleting, ...times(9, () => redeeming)], turn);

      const opened = answers.filter((answer) => typeof answer === 'object');
      expect(await liveOf(opened)).toBe(0);
      expect(answers.filter((answer) => typeof answer === 'string' && answer !== 'invalid_token')).toEqual([]);
      const told = await tokens.told(`login-token:${token.id}`);
      expect(told).toEqual(['created', ...opened.map(() => 'redeemed'), 'deleted']);
    }
  });

  it('its rotation without grace leaves no live session of the old secret', async () => {
    for (const turn of rounds) {
      const token = await tokens.create(owner);
      const rotating = () => tokens.ask(rotateLoginToken, about(token), owner).then(() => undefined);
      const redeeming = () => tokens.attempt(redeemLoginToken, { token: token.secret });
      const answers = await shuffled<Opened | string | undefined>([rotating, ...times(9, () => redeeming)], turn);

      expect(await liveOf(answers.filter((answer) => typeof answer === 'object'))).toBe(0);
      expect(answers.filter((answer) => typeof answer === 'string' && answer !== 'invalid_token')).toEqual([]);
      await tokens.told(`login-token:${token.id}`);
    }
  });

  it('its rotation with grace succeeds, before or after', async () => {
    for (const turn of rounds.slice(0, 5)) {
      const token = await tokens.create(owner);
      const rotating = () =>
        tokens.ask(rotateLoginToken, { ...about(token), graceSeconds: 60 }, owner).then(() => undefined);
      const redeeming = () => tokens.attempt(redeemLoginToken, { token: token.secret });
      const answers = await shuffled<Opened | string | undefined>([rotating, ...times(9, () => redeeming)], turn);

      const opened = answers.filter((answer) => typeof answer === 'object');
      expect([opened.length, await liveOf(opened)]).toEqual([9, 9]);
    }
  });

  it('the end of the module leaves no live session', async () => {
    for (const turn of rounds) {
      const account = tokens.owner();
      const tenancy = tokens.tenancyOf(account);
      await tokens.tell(tenancy.created());
      const all = await Promise.all(
        times(9, () => tokens.create(account, { type: turn % 2 ? 'one_time' : 'permanent' })),
      );
      const disabling = () => tokens.tell(tenancy.disabled()).then(() => undefined);
      const redeeming = all.map(
        ({ secret }) =>
          () =>
            tokens.attempt(redeemLoginToken, { token: secret }),
      );
      const answers = await shuffled<Opened | string | undefined>([disabling, ...redeeming], turn);

      expect(await liveOf(answers.filter((answer) => typeof answer === 'object'))).toBe(0);
      expect(answers.filter((answer) => typeof answer === 'string' && answer !== 'invalid_token')).toEqual([]);
    }
  });
});

describe('The end of sessions that races with', () => {
  it('the deletion of their tokens, their edit and each other answers nobody with a fault', async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      const all = await Promise.all(
        times(8, (place) => tokens.create(owner, { type: place % 2 ? 'one_time' : 'permanent' })),
      );
      const opened = await Promise.all(all.map(({ secret }) => tokens.redeem(secret)));
      const answers = await shuffled<unknown>(
        [
          ...all.map((token) => () => tokens.attempt(deleteLoginToken, about(token), owner)),
          ...opened.map((one) => () => tokens.attempt(signOut, {}, tokens.callerOf(one))),
          ...all.map((token) => () => tokens.attempt(endLoginTokenSessions, about(token), owner)),
          ...all.map((token) => () => tokens.attempt(updateLoginToken, { ...about(token), role: 'viewer' }, owner)),
          () => tokens.attempt(endAccountSessions, { accountId: owner.accountId, kind: 'login_token' }, owner),
          () => tokens.sweep(),
        ],
        turn * 5,
      );

      expect(answers.filter((answer) => typeof answer === 'string' && !expected.has(answer))).toEqual([]);
      expect(await liveOf(opened)).toBe(0);
      for (const { session } of opened) expect(await tokens.told(`session:${session.id}`)).toEqual(['opened', 'ended']);
    }
  });

  it('one another ends each session once, and spends its token once', async () => {
    const all = await Promise.all(times(10, () => tokens.create(owner, { type: 'one_time' })));
    const opened = await Promise.all(all.map(({ secret }) => tokens.redeem(secret)));

    await Promise.all([
      ...opened.flatMap((one) => times(3, () => tokens.ask(signOut, {}, tokens.callerOf(one)))),
      ...times(3, () => tokens.ask(endAccountSessions, { accountId: owner.accountId }, owner)),
    ]);

    for (const [place, token] of all.entries()) {
      expect(await tokens.told(`login-token:${token.id}`)).toEqual(['created', 'redeemed', 'used']);
      expect(await tokens.told(`session:${opened[place]?.session.id}`)).toEqual(['opened', 'ended']);
      expect((await tokens.ask(getLoginToken, about(token), owner)).status).toBe('used');
    }
  });
});

/** What may be true by the time it is asked. */
const expected = new Set(['not_found', 'token_ended']);

/** How often two waited for each other in a circle and one had to yield. PostgreSQL counts a connection's when it ends. */
async function deadlocks(): Promise<number> {
  const others = 'SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';
  const alone = async () => (await tokens.sql(others)).length === 0 || undefined;
  if (!(await waitUntil(alone, { timeoutMs: 10_000 }))) throw new Error('connections of the service stay open');
  const [row] = await tokens.sql('SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()');
  return Number(row?.['deadlocks']);
}
