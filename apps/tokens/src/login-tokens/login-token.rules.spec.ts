import { expect, it } from '@jest/globals';
import { hasEnded } from '../lent/has-ended.rules.ts';
import { isRotatable } from './login-token.rules.ts';

const now = new Date('2026-03-01T12:00:00Z');
const past = new Date('2026-03-01T11:59:59Z');
const future = new Date('2026-03-01T12:00:01Z');

it.each([
  ['active', null, false, true],
  ['active', future, false, true],
  ['active', now, true, false],
  ['ready', past, true, false],
  ['in_use', future, false, false],
  ['in_use', past, true, false],
  ['used', null, true, false],
  ['expired', null, true, false],
] as const)('a token that is %s and expires at %p: ended %p, rotatable %p', (status, expiresAt, ended, rotatable) => {
  expect(hasEnded({ status, expiresAt }, now)).toBe(ended);
  expect(isRotatable({ status, expiresAt }, now)).toBe(rotatable);
});
