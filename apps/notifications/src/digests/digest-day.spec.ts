import { expect, it } from '@jest/globals';
import { digestDay } from './digest-day.ts';

it.each([
  ['before the hour it is yesterday’s', '2026-03-01T06:59:59.999Z', '2026-02-28'],
  ['from the hour on it is today’s', '2026-03-01T07:00:00.000Z', '2026-03-01'],
  ['in the evening it is still today’s', '2026-03-01T23:59:59.999Z', '2026-03-01'],
])('%s', (_when, now, day) => {
  expect(digestDay(new Date(now), 7)).toEqual({ day, before: new Date(`${day}T07:00:00.000Z`) });
});
