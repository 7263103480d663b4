import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, describe, expect, it } from '@jest/globals';
import { PasswordStrength } from './password-strength.ts';

const strength = new PasswordStrength();
const about = ['Ada Lovelace', 'ada.king@analytical-engines.example', 'Analytical Engines'];

afterAll(async () => strength.onModuleDestroy());

describe('a password', () => {
  it('of unrelated words is good', async () => {
    expect(await strength.weaknessOf('long-winded giraffe quartz', about)).toBeUndefined();
  });

  it.each([
    ['that everybody has', 'password12345'],
    ['that everybody has in Brazil', 'cachorrinho99'],
    ['of keys in a row', 'qwertyuiop[]'],
    ['of one character', 'aaaaaaaaaaaaaaaaaaaaaaaa'],
    ['made of the user’s name', 'AdaLovelace1815'],
    ['made of the user’s address', 'ada.king2026!'],
    ['made of the account’s name', 'Analytical Engines!'],
  ])('%s is refused with advice', async (_which, password) => {
    expect(await strength.weaknessOf(password, about)).toMatch(/\w+.*\.$/);
  });

  it('is judged by its first 64 characters', async () => {
    const tail = 'long-winded giraffe quartz';
    expect(await strength.weaknessOf('a'.repeat(64) + tail, about)).toBeDefined();
    expect(await strength.weaknessOf('a'.repeat(30) + tail, about)).toBeUndefined();
  });
});

it('judging does not hold up anything else', async () => {
  const slow = 'p4ssw0rdP4SSW0RD'.repeat(4);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const started = performance.now();
  await strength.weaknessOf(slow, about);
  const tookMs = performance.now() - started;
  delay.disable();
  expect(delay.max / 1e6).toBeLessThan(tookMs / 2);
});
