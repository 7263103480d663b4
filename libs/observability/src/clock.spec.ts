import { describe, expect, test } from '@jest/globals';
import { SystemClock, TestClock } from './index.ts';

describe('A clock', () => {
  test("tells the machine's time", () => {
    const before = Date.now();
    const now = new SystemClock().now().getTime();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  test('for tests stands still until it is moved', () => {
    const clock = new TestClock(new Date('2026-05-01T12:00:00Z'));
    clock.now().setFullYear(1999);
    expect(clock.now()).toEqual(new Date('2026-05-01T12:00:00Z'));
    clock.advance(90_000);
    expect(clock.now()).toEqual(new Date('2026-05-01T12:01:30Z'));
    clock.set(new Date('2027-01-01T00:00:00Z'));
    expect(clock.now()).toEqual(new Date('2027-01-01T00:00:00Z'));
  });
});
