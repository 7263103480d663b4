import { expect, it } from '@jest/globals';
import { hashRecoveryCode, makeRecoveryCode } from './recovery-code.ts';

it('a recovery code is six groups of four, without what looks like something else', () => {
  expect(makeRecoveryCode()).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){5}$/);
  expect(new Set(Array.from({ length: 1000 }, makeRecoveryCode)).size).toBe(1000);
});

it.each([
  '0123-45ab-cdef-ghjk-mnpq-rstv',
  '012345ABCDEFGHJKMNPQRSTV',
  ' O1 23 45ab cdef ghjk mnpq rstv ',
  'oL2345ABCDEFGHJKMNPQRSTV',
])('is read as it may be typed: %s', (typed) => {
  expect(hashRecoveryCode(typed)).toBe(hashRecoveryCode('0123-45AB-CDEF-GHJK-MNPQ-RSTV'));
});
