import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { confirmTwoFactor, enrolInTwoFactor, Failure, getOwnUser, hasTwoFactor, signIn } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { codeAt, wrongCodeAt } from '../../test/authenticator.ts';
import { enrolled } from '../../test/enrolled.ts';
import { codeByOathtool, isHere, readByJsqr, readByZbar } from '../../test/outside-tools.ts';
import { granted, type SignedIn, signedIn } from '../../test/signed-in.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';
import { toldEvents } from '../../test/told-events.ts';

let identity: TestIdentity;

beforeAll(async () => {
  identity = await startIdentity();
});
afterAll(async () => identity.stop());

const enrol = async ({ ask, password: currentPassword }: SignedIn) =>
  granted(await ask(enrolInTwoFactor, { currentPassword }));
const now = () => identity.clock.now();

const readers = [
  { reader: 'jsqr', read: readByJsqr },
  ...(isHere('zbarimg') ? [{ reader: 'zbarimg', read: readByZbar }] : []),
];
const counters = [
  { tool: 'otpauth', code: codeAt },
  ...(isHere('oathtool') ? [{ tool: 'oathtool', code: codeByOathtool }] : []),
];
const authenticators = readers.flatMap((one) => counters.map((other) => ({ ...one, ...other })));

describe('enrolling in two-factor', () => {
  it.each(authenticators)(
    'works with what $reader reads in the QR code and $tool makes of it',
    async ({ read, code }) => {
      const user = await signedIn(identity);
      const { qrCode, otpauthUri, secret } = await enrol(user);
      const [, png = ''] = /^data:image\/png;base64,(.+)$/.exec(qrCode) ?? [];
      const text = read(Buffer.from(png, 'base64')) ?? '';
      expect(text).toBe(otpauthUri);
      const uri = new URL(text);
      expect(decodeURIComponent(uri.pathname)).toBe(`/Valetkey:${user.email}`);
      expect(uri.searchParams.get('secret')).toBe(secret);
      const confirmed = granted(await user.ask(confirmTwoFactor, { code: code(secret, now()) }));
      expect(new Set(confirmed.recoveryCodes).size).toBe(10);
      expect(await user.ask(getOwnUser, {})).toMatchObject({ twoFactor: true });
    },
  );

  it('is not done before a code has confirmed it', async () => {
    const user = await signedIn(identity);
    await enrol(user);
    expect(await user.ask(getOwnUser, {})).toMatchObject({ twoFactor: false });
    const { email, password } = user;
    expect(await identity.gateway.ask(signIn, { email, password }, identity.context())).toHaveProperty('secret');
  });

  it('begins anew when it is asked for again: the first secret is void', async () => {
    const user = await signedIn(identity);
    const [first, second] = [await enrol(user), await enrol(user)];
    expect(second.secret).not.toBe(first.secret);
    const late = await user.ask(confirmTwoFactor, { code: codeAt(first.secret, now()) });
    expect(late).toEqual(new Failure('wrong_code'));
    granted(await user.ask(confirmTwoFactor, { code: codeAt(second.secret, now()) }));
  });

  it('needs the current password, which can be tried five times', async () => {
    const { ask } = await signedIn(identity);
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await ask(enrolInTwoFactor, { currentPassword: 'wrong' })).toEqual(new Failure('wrong_password'));
    }
    expect(await ask(enrolInTwoFactor, { currentPassword: 'wrong' })).toMatchObject({ code: 'too_many_requests' });
  });

  it('is refused when it is on', async () => {
    const user = await enrolled(identity);
    const { ask, password: currentPassword } = user;
    expect(await ask(enrolInTwoFactor, { currentPassword })).toEqual(new Failure('two_factor_on'));
    expect(await ask(confirmTwoFactor, { code: user.code() })).toEqual(new Failure('two_factor_on'));
  });

  it('is not confirmed without having begun', async () => {
    const { ask } = await signedIn(identity);
    expect(await ask(confirmTwoFactor, { code: '123456' })).toEqual(new Failure('two_factor_off'));
  });

  it('spends the code that confirms it', async () => {
    const user = await signedIn(identity);
    const { secret } = await enrol(user);
    const code = codeAt(secret, now());
    granted(await user.ask(confirmTwoFactor, { code }));
    const { rows } = await identity.database.query<{ last_step: string }>(
      'SELECT last_step FROM two_factors WHERE user_id = $1',
      [user.id],
    );
    expect(Number(rows[0]?.last_step)).toBe(Math.floor(now().getTime() / 30_000));
  });

  it('takes ten wrong codes in a quarter of an hour', async () => {
    const user = await signedIn(identity);
    const { secret } = await enrol(user);
    for (let tries = 0; tries < 10; tries += 1) {
      expect(await user.ask(confirmTwoFactor, { code: wrongCodeAt(secret, now()) })).toEqual(new Failure('wrong_code'));
    }
    const eleventh = await user.ask(confirmTwoFactor, { code: codeAt(secret, now()) });
    expect(eleventh).toEqual(new Failure('too_many_requests', { retryAfter: 900 }));
  });

  it('is told, without the secret', async () => {
    const user = await enrolled(identity);
    const events = await toldEvents(identity.database, `user:${user.id}`);
    const actor = `user:${user.id}`;
    const told = { type: 'dev.valetkey.user.two-factor-enabled.v1', actor, sequence: expect.any(Number), data: {} };
    expect(events.at(-1)).toEqual(told);
    expect(JSON.stringify(events)).not.toContain(user.secret);
  });

  it('keeps neither secret nor recovery codes in clear', async () => {
    const { id, secret, recoveryCodes } = await enrolled(identity);
    const { rows } = await identity.database.query<{ secret: string; codes: string[] }>(
      `SELECT secret, array(SELECT code_hash FROM recovery_codes r WHERE r.user_id = t.user_id) AS codes
         FROM two_factors t WHERE user_id = $1`,
      [id],
    );
    expect(rows[0]?.codes).toHaveLength(10);
    for (const clear of [secret, ...recoveryCodes]) expect(JSON.stringify(rows)).not.toContain(clear);
  });

  it.each([true, false])('ends the other sessions if that is wished: %s', async (endOtherSessions) => {
    const user = await signedIn(identity);
    const ended: unknown[] = [];
    identity.neighbours.endUserSessions = (input) => {
      if (input.userId === user.id) ended.push(input);
      return {};
    };
    const { secret } = await enrol(user);
    const wrong = { code: wrongCodeAt(secret, now()), endOtherSessions };
    expect(await user.ask(confirmTwoFactor, wrong)).toEqual(new Failure('wrong_code'));
    expect(ended).toEqual([]);
    granted(await user.ask(confirmTwoFactor, { code: codeAt(secret, now()), endOtherSessions }));
    const { id: userId, caller } = user;
    const others = { userId, exceptSessionId: caller.sessionId, reason: 'ended-by-user' };
    if (endOtherSessions) expect(ended).toContainEqual(others);
    else expect(ended).toEqual([]);
  });
});

it('the gateway learns which users have two-factor on', async () => {
  const [on, off] = [await enrolled(identity), await signedIn(identity)];
  await enrol(off);
  const answer = await identity.gateway.ask(hasTwoFactor, { userIds: [off.id, on.id, uuidv7()] }, identity.context());
  expect(answer).toEqual({ enrolled: [false, true, false] });
});
