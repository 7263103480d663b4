import { describe, expect, it } from '@jest/globals';
import { changesBetween } from './changes-between.rules.ts';

describe('what an update changes', () => {
  interface Fields {
    name: string;
    country: string | null;
    limit: number | null;
  }
  const before: Fields = { name: 'Acme', country: 'PT', limit: null };

  it('is told field by field, null for what is removed', () => {
    expect(changesBetween(before, { name: 'Acme Ltd', country: null, limit: 5 })).toEqual([
      { field: 'name', from: 'Acme', to: 'Acme Ltd' },
      { field: 'country', from: 'PT', to: null },
      { field: 'limit', from: null, to: 5 },
    ]);
  });

  it('leaves out what is absent or the same', () => {
    expect(changesBetween(before, { name: 'Acme', country: undefined, limit: null })).toEqual([]);
  });
});
