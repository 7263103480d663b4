import { describe, expect, it } from '@jest/globals';
import { PartnershipStatus } from '@valetkey/contracts';
import { shownStatus, stands } from './partnership-status.rules.ts';

const now = new Date('2026-01-31T00:00:00Z');
const at = (ms: number) => new Date(now.getTime() + ms);

describe('The status of a partnership as it is shown', () => {
  it('is lapsed from the very moment its expiry is reached', () => {
    expect(shownStatus({ status: 'pending', expiresAt: at(1) }, now)).toBe('pending');
    expect(shownStatus({ status: 'pending', expiresAt: at(0) }, now)).toBe('lapsed');
    expect(shownStatus({ status: 'lapsed', expiresAt: at(-1) }, now)).toBe('lapsed');
  });

  it('is what was written once it was taken up', () => {
    for (const status of PartnershipStatus.exclude(['pending', 'lapsed']).options) {
      expect(shownStatus({ status, expiresAt: null }, now)).toBe(status);
    }
  });
});

describe('A partnership', () => {
  it('stands while it is active or disabled', () => {
    expect(PartnershipStatus.options.filter(stands)).toEqual(['active', 'disabled']);
  });
});
