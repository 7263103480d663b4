import { describe, expect, it } from '@jest/globals';
import { matchingRevisions } from './matching-revisions.ts';

describe('If-Match', () => {
  it.each([undefined, '*', ' * '])('%s admits any revision', (given) => {
    expect(matchingRevisions(given)).toBeUndefined();
  });

  it.each([
    ['"3"', [3]],
    ['"3", "14"', [3, 14]],
    ['"3","14"', [3, 14]],
    ['W/"3"', []],
    ['W/"3", "4"', [4]],
    ['"0x3"', []],
    ['"99999999999"', []],
    ['3', []],
    ['""', []],
    ['', []],
  ])('%s admits %j', (given, revisions) => {
    expect(matchingRevisions(given)).toEqual(revisions);
  });
});
