import { describe, expect, it } from '@jest/globals';
import { Touches } from './touches.ts';

describe('Touches', () => {
  it('are those since a beginning, of the tags that were touched', () => {
    const touches = new Touches();
    touches.touch(['user:ada']);
    const beginning = touches.begin();
    expect(touches.touchedSince(beginning, ['user:ada'])).toBe(false);
    touches.touch(['session:1']);
    expect(touches.touchedSince(beginning, ['user:ada'])).toBe(false);
    expect(touches.touchedSince(beginning, ['user:ada', 'session:1'])).toBe(true);
  });

  it('are remembered for what began before, when something else ends', () => {
    const touches = new Touches();
    const [first, second] = [touches.begin(), touches.begin()];
    touches.touch(['session:1']);
    const third = touches.begin();
    touches.end(second);
    expect(touches.touchedSince(first, ['session:1'])).toBe(true);
    expect(touches.touchedSince(third, ['session:1'])).toBe(false);
  });

  it('can be of everything', () => {
    const touches = new Touches();
    const before = touches.begin();
    touches.touchEverything();
    expect(touches.touchedSince(before, [])).toBe(true);
    expect(touches.touchedSince(touches.begin(), ['session:1'])).toBe(false);
  });
});
