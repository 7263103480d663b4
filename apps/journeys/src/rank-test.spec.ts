import { describe, expect, it } from '@jest/globals';
import { compareByRank } from './rank-test.ts';

const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);

describe('samples compared by rank', () => {
  it.each([
    ['are not told apart when they are the same', upTo(10), upTo(10), 0.5],
    ['are when all of one lies above the other', upTo(10, 10), upTo(10), 1],
    ['are when all of one lies below the other', upTo(10), upTo(10, 10), 0],
    ['are by half where one lies within the other', [2, 2], [1, 2, 3], 0.5],
    ['are by as many pairs as are above', [1, 4], [0, 2, 3], 4 / 6],
  ])('%s', (_how, first, second, chance) => {
    expect(compareByRank(first, second).chanceAbove).toBeCloseTo(chance);
  });

  it('deviate by chance as Mann and Whitney say: of two hundred each, by 0.029', () => {
    expect(compareByRank(upTo(200), upTo(200)).deviation).toBeCloseTo(0.0289, 4);
  });

  it('that are drawn alike stay within five deviations', () => {
    let state = 42;
    // A linear congruential generator: the same numbers each time.
    const draw = () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32);
    for (let round = 0; round < 100; round += 1) {
      const { chanceAbove, deviation } = compareByRank(upTo(50).map(draw), upTo(50).map(draw));
      expect(Math.abs(chanceAbove - 0.5)).toBeLessThan(5 * deviation);
    }
  });
});
