import { describe, expect, it } from '@jest/globals';
import { areSame, exceeds } from './permissions.rules.ts';

describe('A grant', () => {
  it.each([
    [['a'], ['a', 'b'], false],
    [['b', 'a'], ['a', 'b'], false],
    [[], [], false],
    [['a', 'c'], ['a', 'b'], true],
    [['a'], [], true],
  ])('of %j under a ceiling of %j exceeds it: %s', (permissions, ceiling, outcome) => {
    expect(exceeds(permissions, ceiling)).toBe(outcome);
  });

  it.each([
    [['a', 'b'], ['b', 'a'], true],
    [[], [], true],
    [['a'], ['a', 'b'], false],
    [['a', 'b'], ['a'], false],
    [['a'], ['b'], false],
  ])('of %j is the same as one of %j: %s', (one, other, outcome) => {
    expect(areSame(one, other)).toBe(outcome);
  });
});
