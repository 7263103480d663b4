import { describe, expect, it } from '@jest/globals';
import { chooseAccount, type HeldGrant } from './choose-account.rules.ts';

const held = ['oldest', 'second', 'second', 'third'].map((accountId): HeldGrant => ({
  accountId,
  grant: { scope: { type: 'account', id: accountId }, role: 'viewer' },
}));

describe('the account to stand in', () => {
  it('is the one named', () => {
    expect(chooseAccount(held, { accountId: 'third', preferredAccountId: 'second' })).toBe('third');
  });

  it('is none when the one named is not theirs', () => {
    expect(chooseAccount(held, { accountId: 'foreign', preferredAccountId: 'second' })).toBeUndefined();
  });

  it('is the preferred one where none is named', () => {
    expect(chooseAccount(held, { preferredAccountId: 'second' })).toBe('second');
  });

  it('is the oldest where the preferred one is theirs no more', () => {
    expect(chooseAccount(held, { preferredAccountId: 'left' })).toBe('oldest');
    expect(chooseAccount(held, {})).toBe('oldest');
  });

  it('is none for one who has nothing anywhere', () => {
    expect(chooseAccount([], { preferredAccountId: 'left' })).toBeUndefined();
  });
});
