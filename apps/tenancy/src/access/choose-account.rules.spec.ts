import { describe, expect, it } from '@jest/globals';
import { chooseAccount, type HeldGrant } from './choose-account.rules.ts';

const held = ['oldest', 'second', 'second', 'third'].map((accountId): HeldGrant => ({
  accountId,
  grant: { scope: { type: 'account', id: accountId }, role: 'viewer' },
}));

describe('the account to stand in', () => {
  it('is the one named', () => {
    expect(chooseAccount(held, { accountId: 'third', lastAccountId: 'second' })).toBe('third');
  });

  it('is none when the one named is not theirs', () => {
    expect(chooseAccount(held, { accountId: 'foreign', lastAccountId: 'second' })).toBeUndefined();
  });

  it('is the one last used where none is named', () => {
    expect(chooseAccount(held, { lastAccountId: 'second' })).toBe('second');
  });

  it('is the oldest where the one last used is theirs no more', () => {
    expect(chooseAccount(held, { lastAccountId: 'left' })).toBe('oldest');
    expect(chooseAccount(held, {})).toBe('oldest');
  });

  it('is none for one who has nothing anywhere', () => {
    expect(chooseAccount([], { lastAccountId: 'left' })).toBeUndefined();
  });
});
