import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { redeemLoginToken, signOut } from '@valetkey/contracts';
import { makeSecret } from '@valetkey/credentials';
import { MINUTE, type Owner, SECOND, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
  owner = tokens.owner();
});
afterAll(() => tokens.stop());

const guess = (address: string) => tokens.refusal(makeSecret('vkl'), { address });
const guesses = (count: number, address: string) => Promise.all(Array.from({ length: count }, () => guess(address)));

describe('Well-formed but unknown secrets', () => {
  it('are refused 100 times a minute and client; the next one waits, whatever it brings', async () => {
    const address = '198.51.100.1';
    const { secret } = await tokens.create(owner);
    expect(new Set(await guesses(100, address))).toEqual(new Set(['invalid_token']));

    expect(await guess(address)).toBe('too_many_requests');
    expect(await tokens.refusal(secret, { address })).toBe('too_many_requests');
    expect(await tokens.refusal(secret, { address: '198.51.100.2' })).toBeUndefined();
  });

  it('say after how many seconds it can be tried again, and then it can', async () => {
    const address = '198.51.100.3';
    await guess(address);
    tokens.service.clock.advance(20 * SECOND);
    await guesses(99, address);

    const context = tokens.service.context(undefined, { address });
    const answer = await tokens.service.gateway.ask(redeemLoginToken, { token: makeSecret('vkl') }, context);
    expect(answer).toMatchObject({ code: 'too_many_requests', extras: { retryAfter: 40 } });

    tokens.service.clock.advance(40 * SECOND);
    expect(await guess(address)).toBe('invalid_token');
  });

  it('in a burst are let through 100 times too', async () => {
    const answers = await guesses(150, '198.51.100.4');
    expect(answers.filter((answer) => answer === 'invalid_token')).toHaveLength(100);
    expect(answers.filter((answer) => answer === 'too_many_requests')).toHaveLength(50);
  });

  it('leave nothing behind once their minute is over, and never an address', async () => {
    await guess('198.51.100.5');
    const [row] = await tokens.sql('SELECT string_agg(t::text, $1) AS all FROM throttles t', ['\n']);
    expect(String(row?.['all'])).not.toContain('198.51.100');

    await tokens.pass(MINUTE);

    expect(await tokens.sql('SELECT 1 FROM throttles')).toEqual([]);
  });
});

describe('What is no guess does not count', () => {
  it.each([
    ['malformed secrets', async () => 'vkl_hello'],
    ['spent tokens', spent],
    ['tokens at their limit', full],
    ['tokens past their expiry', expired],
    ['tokens of other addresses', elsewhere],
  ])('%s', async (what, make) => {
    const address = `2001:db8::${what.length}`;
    const secret = await make();
    for (let tries = 0; tries < 101; tries += 1) {
      expect(await tokens.refusal(secret, { address })).toMatch(/invalid_token|session_limit_reached/);
    }
    expect(await tokens.refusal((await tokens.create(owner)).secret, { address })).toBeUndefined();
  });
});

async function spent(): Promise<string> {
  const { secret } = await tokens.create(owner, { type: 'one_time' });
  await tokens.ask(signOut, {}, tokens.callerOf(await tokens.redeem(secret)));
  return secret;
}

async function full(): Promise<string> {
  const { secret } = await tokens.create(owner, { maxSessions: 1 });
  await tokens.redeem(secret);
  return secret;
}

async function expired(): Promise<string> {
  const { secret } = await tokens.create(owner, { expiresAt: tokens.later(SECOND).toISOString() });
  tokens.service.clock.advance(SECOND);
  return secret;
}

async function elsewhere(): Promise<string> {
  return (await tokens.create(owner, { allowedCidrs: ['192.0.2.1'] })).secret;
}
