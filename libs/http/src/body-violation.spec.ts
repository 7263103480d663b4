import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bodyViolation } from './body-violation.ts';

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
const tooLarge = 'is a number too large';

describe('A body', () => {
  it.each([
    ['1e999', ''],
    ['-1e999', ''],
    ['{"maxSessions": 1e999}', '/maxSessions'],
    ['{"a": [0, {"b/c~d": -1e999}]}', '/a/1/b~1c~0d'],
    ['[1, [2, 1e400]]', '/1/1'],
  ])('%s has a number that nobody can count', (text, pointer) => {
    expect(bodyViolation(JSON.parse(text))).toEqual({ pointer, detail: tooLarge });
  });

  it('may be nested so deep and no deeper', () => {
    expect(bodyViolation(nested(32))).toBeUndefined();
    expect(bodyViolation(nested(33))).toEqual({ pointer: '/0'.repeat(33), detail: 'is nested too deeply' });
  });

  it('that JSON can say is what was meant', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => bodyViolation(value) === undefined));
  });
});
