import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AskOf, Failure, spendLinkFactor } from '@valetkey/contracts';
import type { Bus } from '@valetkey/messaging';
import { v7 as uuidv7 } from 'uuid';
import { enrolled } from '../../test/enrolled.ts';
import { outcomesOf, signInBy } from '../../test/second-steps.ts';
import { signedIn } from '../../test/signed-in.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';
import { toldEvents } from '../../test/told-events.ts';

const BURST = 50;
const WRONG = new Failure('wrong_code');

let identity: TestIdentity;
let tokens: Bus;

beforeAll(async () => {
  identity = await startIdentity();
  await identity.startReplica();
  tokens = await identity.as('tokens');
});
afterAll(async () => identity.stop());

const spend = async (
  { id: userId }: { id: string },
  factor: Omit<AskOf<typeof spendLinkFactor>, 'userId'>,
  as = tokens,
) => as.ask(spendLinkFactor, { userId, ...factor }, identity.context());
const times = <T>(work: () => Promise<T>, count = BURST) => Promise.all(Array.from({ length: count }, work));

describe('one who opens an access link', () => {
  it('proves with a code who they are, and with each once', async () => {
    const user = await enrolled(identity);
    const code = user.code();
    expect(await spend(user, { code })).toEqual({});
    expect(await spend(user, { code })).toEqual(WRONG);
    expect(await signInBy(identity, user, { code })).toEqual(WRONG);
  });

  it('does with a recovery code, which is spent, and told as the user’s', async () => {
    const user = await enrolled(identity);
    const [recoveryCode = ''] = user.recoveryCodes;
    expect(await spend(user, { recoveryCode: recoveryCode.toLowerCase() })).toEqual({});
    expect(await spend(user, { recoveryCode })).toEqual(WRONG);
    const told = (await toldEvents(identity.database, `user:${user.id}`)).at(-1);
    const type = 'dev.valetkey.user.recovery-code-used.v1';
    expect(told).toMatchObject({ type, actor: `user:${user.id}`, data: { left: 9 } });
  });

  it('shares ten wrong codes in fifteen minutes with signing in', async () => {
    const user = await enrolled(identity);
    for (let count = 0; count < 10; count += 1) expect(await spend(user, { code: user.wrongCode() })).toEqual(WRONG);
    const tooMany = { code: 'too_many_requests', extras: { retryAfter: expect.any(Number) } };
    expect(await spend(user, { code: user.code() })).toMatchObject(tooMany);
    expect(await signInBy(identity, user, { code: user.code() })).toMatchObject(tooMany);
    identity.clock.advance(15 * 60_000);
    expect(await spend(user, { code: user.code() })).toEqual({});
  });

  it('is told when two-factor is off, which costs no try, and so is one whom nobody knows', async () => {
    const off = new Failure('two_factor_off');
    const user = await signedIn(identity);
    for (let count = 0; count < 12; count += 1) expect(await spend(user, { code: '123456' })).toEqual(off);
    expect(await spend({ id: uuidv7() }, { code: '123456' })).toEqual(off);
  });

  it('gives one factor', async () => {
    const user = await enrolled(identity);
    const malformed = { code: 'malformed' };
    expect(await spend(user, {})).toMatchObject(malformed);
    expect(await spend(user, { code: user.code(), recoveryCode: user.recoveryCodes[0] })).toMatchObject(malformed);
  });

  it('gives it to tokens alone', async () => {
    const user = await enrolled(identity);
    const tenancy = await identity.as('tenancy');
    expect(await spend(user, { code: user.code() }, tenancy)).toEqual(new Failure('forbidden'));
    expect(await spend(user, { code: user.code() })).toEqual({});
  });
});

describe('of fifty at once', () => {
  it.each(['code', 'recoveryCode'] as const)('with one %s, one is right', async (kind) => {
    const user = await enrolled(identity);
    const factor = kind === 'code' ? { code: user.code() } : { recoveryCode: user.recoveryCodes[0] };
    const outcomes = outcomesOf(await times(async () => spend(user, factor)));
    expect(outcomes).toEqual({ opened: 1, wrong_code: 10, too_many_requests: BURST - 11 });
  });

  it('with wrong codes, ten are judged', async () => {
    const user = await enrolled(identity);
    const code = user.wrongCode();
    const outcomes = outcomesOf(await times(async () => spend(user, { code })));
    expect(outcomes).toEqual({ wrong_code: 10, too_many_requests: BURST - 10 });
  });

  it('with one code, by links and by sign-ins, one is right', async () => {
    const user = await enrolled(identity);
    const code = user.code();
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, async () => spend(user, { code })),
      ...Array.from({ length: 4 }, async () => signInBy(identity, user, { code })),
    ]);
    expect(outcomesOf(answers)).toEqual({ opened: 1, wrong_code: 7 });
  });

  it('with a recovery code each, all are right', async () => {
    const user = await enrolled(identity);
    const answers = await Promise.all(user.recoveryCodes.map(async (recoveryCode) => spend(user, { recoveryCode })));
    expect(outcomesOf(answers)).toEqual({ opened: 10 });
  });
});
