import { describe, expect, it } from '@jest/globals';
import { refuseExpiry } from './access-link.rules.ts';

const now = new Date('2026-03-01T12:00:00Z');

describe('An access link may expire', () => {
  it.each([
    ['a millisecond from now', '2026-03-01T12:00:00.001Z', undefined],
    ['thirty days from now', '2026-03-31T12:00:00Z', undefined],
    ['not now', '2026-03-01T12:00:00Z', 'expiry_not_future'],
    ['not in the past', '2025-03-01T12:00:00Z', 'expiry_not_future'],
    ['not thirty days and a millisecond from now', '2026-03-31T12:00:00.001Z', 'expiry_too_far'],
  ])('%s', (_when, expiresAt, refusal) => {
    expect(refuseExpiry(new Date(expiresAt), now)).toBe(refusal);
  });
});
