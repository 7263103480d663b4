import { expect, it } from '@jest/globals';
import { pauseAfter } from './retry-rules.ts';

it('a mail that is deferred waits twice as long each time, up to five minutes', () => {
  expect([1, 2, 3, 9, 10, 100].map((attempt) => pauseAfter(attempt, 'deferred') / 1000)).toEqual([
    1, 2, 4, 256, 300, 300,
  ]);
});

it('a mail whose server is away waits five seconds at most', () => {
  expect([1, 2, 3, 4, 100].map((attempt) => pauseAfter(attempt, 'away') / 1000)).toEqual([1, 2, 4, 5, 5]);
});
