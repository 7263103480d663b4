import { describe, expect, it } from '@jest/globals';
import { keptUntil } from './kept-until.rules.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const hence = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const failed = (template: string, reason: Parameters<typeof keptUntil>[1], expiresAt: Date) =>
  keptUntil({ template, expiresAt }, reason, NOW);

describe('the content of a mail that was refused', () => {
  it('is kept until its secret expires', () => {
    expect(failed('password-reset', 'refused', hence(1))).toEqual(hence(1));
    expect(failed('invitation', 'refused', hence(30 * 24))).toEqual(hence(7 * 24));
  });

  it('is kept for seven days if there is no secret in it', () => {
    expect(failed('password-changed', 'refused', hence(1))).toEqual(hence(7 * 24));
    expect(failed('digest', 'refused', hence(1))).toEqual(hence(7 * 24));
    expect(failed('already-registered', 'refused', hence(1))).toEqual(hence(7 * 24));
  });

  it('is taken to be a secret if nobody here knows the template', () => {
    expect(failed('of-a-later-version', 'refused', hence(1))).toEqual(hence(1));
  });
});

describe('the content of a mail that expired', () => {
  it('goes with its secret', () => {
    expect(failed('verification', 'expired', NOW)).toBeUndefined();
  });

  it('is kept for seven days if there is no secret in it', () => {
    expect(failed('account-deleted', 'expired', hence(-1))).toEqual(hence(7 * 24));
  });
});

it.each(['not-wanted', 'unreadable'] as const)('nothing is kept of a mail that is %s', (reason) => {
  expect(failed('password-reset', reason, hence(1))).toBeUndefined();
  expect(failed('password-changed', reason, hence(1))).toBeUndefined();
});
