import { expect, it } from '@jest/globals';
import { shownStatus } from './invitation-status.rules.ts';

const now = new Date('2026-03-01T12:00:00Z');
const past = new Date('2026-03-01T11:59:59Z');
const future = new Date('2026-03-01T12:00:01Z');

it.each([
  ['pending', future, 'pending'],
  ['pending', now, 'expired'],
  ['pending', past, 'expired'],
  ['accepted', past, 'accepted'],
  ['canceled', past, 'canceled'],
  ['expired', past, 'expired'],
] as const)('An invitation noted as %s that ends at %j is %s', (status, expiresAt, shown) => {
  expect(shownStatus({ status, expiresAt }, now)).toBe(shown);
});
