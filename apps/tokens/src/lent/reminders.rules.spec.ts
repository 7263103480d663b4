import { describe, expect, it } from '@jest/globals';
import { dueReminder, nextReminder } from './reminders.rules.ts';

const DAY_MS = 24 * 3600 * 1000;
const end = new Date('2026-04-01T12:00:00Z');
/** So many days before the end. */
const before = (days: number, seconds = 0) => new Date(end.getTime() - days * DAY_MS - seconds * 1000);

describe('Reminders of an expiry', () => {
  it.each([
    [30, before(14)],
    [14, before(7)],
    [10, before(7)],
    [5, before(1)],
    [1, null],
    [0.5, null],
    [-1, null],
  ])('%d days before the end have the next one still ahead', (days, next) => {
    expect(nextReminder(end, before(days))).toEqual(next);
  });

  it.each([
    [15, undefined],
    [14, 14],
    [8, 14],
    [7, 7],
    [3, 7],
    [1, 1],
    [0.1, 1],
    [0, undefined],
    [-3, undefined],
  ])('%d days before the end are given for the threshold passed last', (days, due) => {
    expect(dueReminder(end, before(days))).toBe(due);
  });

  it('are due to the second', () => {
    expect(dueReminder(end, before(14, 1))).toBeUndefined();
    expect(nextReminder(end, before(14, 1))).toEqual(before(14));
  });

  it('are none of what never ends', () => {
    expect(nextReminder(null, end)).toBeNull();
    expect(dueReminder(undefined, end)).toBeUndefined();
  });
});
