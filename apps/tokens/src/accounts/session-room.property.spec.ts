import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createLoginToken, deleteLoginToken, endAccountSession, updateLoginToken } from '@valetkey/contracts';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { HOUR, type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;

beforeAll(async () => {
  tokens = await Tokens.start();
});
afterAll(() => tokens.stop());

/** A token as anybody would keep it on paper. */
interface Paper {
  id: string;
  secret: string;
  max: number | null;
  oneTime: boolean;
  spent: boolean;
  sessions: string[];
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** The rules of product.md, counted by hand. */
class Model {
  limit: number | null = null;
  tokens: Paper[] = [];

  allotted(but?: Paper): number {
    return sum(this.tokens.filter((token) => token !== but && !token.spent).map(({ max }) => max ?? 0));
  }

  /** What does not grow may stay above a limit that was lowered beneath it. */
  mayBecome(max: number | null, token: Paper): boolean {
    const grows = max !== null && (token.max === null || max > token.max);
    return !grows || this.fits(max, token);
  }

  fits(max: number | null, but?: Paper): boolean {
    return this.limit === null || max === null || this.allotted(but) + max <= this.limit;
  }

  refusalOf(token: Paper): string | undefined {
    if (token.spent || (token.oneTime && token.sessions.length > 0)) return 'invalid_token';
    return this.hasRoom(token) ? undefined : 'session_limit_reached';
  }

  private hasRoom({ max, sessions }: Paper): boolean {
    if (max !== null && sessions.length >= max) return false;
    if (this.limit === null) return true;
    const live = (all: readonly Paper[]) => sum(all.map((token) => token.sessions.length));
    if (live(this.tokens) >= this.limit) return false;
    return max !== null || live(this.tokens.filter((token) => token.max === null)) < this.limit - this.allotted();
  }
}

interface World {
  owner: Owner;
  model: Model;
  setLimit(limit: number | null): Promise<unknown>;
}
type Step = (world: World) => Promise<void>;

const maximum = fc.option(fc.integer({ min: 1, max: 4 }));
const any = fc.nat();
const pick = <T>(all: readonly T[], which: number): T | undefined => all[which % all.length];

const create = fc.tuple(maximum, fc.boolean()).map(([max, oneTime]): Step => async ({ owner, model }) => {
  const type = oneTime ? ('one_time' as const) : ('permanent' as const);
  const input = { accountId: owner.accountId, name: uuidv7(), type, maxSessions: max };
  const answer = await tokens.attempt(createLoginToken, input, owner);
  expect(answer === 'limit_exceeded').toBe(!model.fits(max));
  if (typeof answer === 'string') return;
  const { loginToken, secret } = answer;
  model.tokens.push({ id: loginToken.id, secret, max, oneTime, spent: false, sessions: [] });
});

const redeem = any.map((which): Step => async ({ model }) => {
  const token = pick(model.tokens, which);
  if (!token) return;
  const expected = model.refusalOf(token);
  if (expected) expect(await tokens.refusal(token.secret)).toBe(expected);
  else token.sessions.push((await tokens.redeem(token.secret)).session.id);
});

const end = fc.tuple(any, any).map(([which, whose]): Step => async ({ owner, model }) => {
  const token = pick(
    model.tokens.filter(({ sessions }) => sessions.length > 0),
    whose,
  );
  const sessionId = token && pick(token.sessions, which);
  if (!token || !sessionId) return;
  await tokens.ask(endAccountSession, { accountId: owner.accountId, sessionId }, owner);
  token.sessions = token.sessions.filter((id) => id !== sessionId);
  token.spent = token.oneTime;
});

const edit = fc.tuple(any, maximum).map(([which, max]): Step => async ({ owner, model }) => {
  const token = pick(model.tokens, which);
  if (!token) return;
  const input = { accountId: owner.accountId, loginTokenId: token.id, maxSessions: max };
  const answer = await tokens.attempt(updateLoginToken, input, owner);
  const expected = token.spent ? 'token_ended' : model.mayBecome(max, token) ? undefined : 'limit_exceeded';
  expect(typeof answer === 'string' ? answer : undefined).toBe(expected);
  if (!expected) token.max = max;
});

const remove = any.map((which): Step => async ({ owner, model }) => {
  const token = pick(model.tokens, which);
  if (!token) return;
  await tokens.ask(deleteLoginToken, { accountId: owner.accountId, loginTokenId: token.id }, owner);
  model.tokens = model.tokens.filter((other) => other !== token);
});

const limit = fc.option(fc.integer({ min: 0, max: 8 })).map((value): Step => async ({ model, setLimit }) => {
  await setLimit(value);
  model.limit = value;
});

const sleep = fc.constant<Step>(async ({ model }) => {
  await tokens.pass(HOUR);
  for (const token of model.tokens) {
    token.spent ||= token.oneTime && token.sessions.length > 0;
    token.sessions = [];
  }
});

const step = fc.oneof(
  { weight: 8, arbitrary: redeem },
  { weight: 4, arbitrary: create },
  { weight: 2, arbitrary: fc.oneof(end, edit, limit) },
  { weight: 1, arbitrary: fc.oneof(remove, sleep) },
);

it('Whatever happens to an account, a session is opened exactly when the limits leave room for it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      const owner = tokens.owner();
      const tenancy = tokens.tenancyOf(owner);
      const world = {
        owner,
        model: new Model(),
        setLimit: (value: number | null) => tokens.tell(tenancy.limited(value)),
      };
      for (const take of steps) await take(world);
    }),
    { numRuns: 30 },
  );
});
