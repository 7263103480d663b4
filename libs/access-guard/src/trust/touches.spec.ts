import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Touches } from './touches.ts';

describe('Touches', () => {
  it('are those since a moment, of the tags that were touched', () => {
    const touches = new Touches();
    touches.drop(['user:ada']);
    const moment = touches.now();
    expect(touches.touchedSince(moment, ['user:ada'])).toBe(false);
    touches.drop(['session:1']);
    expect(touches.touchedSince(moment, ['user:ada'])).toBe(false);
    expect(touches.touchedSince(moment, ['user:ada', 'session:1'])).toBe(true);
    expect(touches.touchedSince(touches.now(), ['session:1'])).toBe(false);
  });

  it('can be of everything', () => {
    const touches = new Touches();
    const before = touches.now();
    touches.forget();
    expect(touches.touchedSince(before, [])).toBe(true);
    expect(touches.touchedSince(touches.now(), ['session:1'])).toBe(false);
  });

  it('may have been of anything, where they are too many to be remembered', () => {
    const touches = new Touches(2);
    const moments = ['user:ada', 'user:bob', 'user:cyd'].map((tag) => {
      const before = touches.now();
      touches.drop([tag]);
      return before;
    });
    expect(moments.map((moment) => touches.touchedSince(moment, ['user:dot']))).toEqual([true, false, false]);
  });
});

const tags = fc.uniqueArray(fc.constantFrom('session:1', 'session:2', 'user:ada', 'account:1'), { minLength: 1 });
/** The tags of a touch, or nothing for one of everything. */
const step = fc.option(tags, { freq: 8, nil: undefined });
const history = fc.array(step, { minLength: 1, maxLength: 30 });

/** What is answered after a history for one of its moments, and what would be right. */
function told(limit: number, steps: (string[] | undefined)[], place: number, asked: string[]) {
  const touches = new Touches(limit);
  const moments = [touches.now()];
  for (const touched of steps) {
    if (touched) touches.drop(touched);
    else touches.forget();
    moments.push(touches.now());
  }
  const since = place % moments.length;
  const right = steps.slice(since).some((touched) => !touched || asked.some((tag) => touched.includes(tag)));
  return { answered: touches.touchedSince(moments[since] ?? 0, asked), right };
}

describe('However often everything is touched', () => {
  it('no touch is missed, though few are remembered', () => {
    const property = fc.property(history, fc.nat(), tags, (steps, place, asked) => {
      const { answered, right } = told(2, steps, place, asked);
      expect(answered || !right).toBe(true);
    });
    fc.assert(property, { numRuns: 2_000 });
  });

  it('none is made up, where all are remembered', () => {
    const property = fc.property(history, fc.nat(), tags, (steps, place, asked) => {
      const { answered, right } = told(4, steps, place, asked);
      expect(answered).toBe(right);
    });
    fc.assert(property, { numRuns: 2_000 });
  });
});
