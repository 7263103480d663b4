import { describe, expect, it } from '@jest/globals';
import { Turnstile } from './turnstile.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('A turnstile', () => {
  it('lets so many through at a time, in the order in which they came', async () => {
    const turnstile = new Turnstile(2);
    const begun: number[] = [];
    const ends = [0, 1, 2, 3].map(() => Promise.withResolvers<undefined>());
    const passed = ends.map(({ promise }, place) =>
      turnstile.pass(async () => {
        begun.push(place);
        await promise;
      }),
    );

    await settled();
    expect(begun).toEqual([0, 1]);
    ends[1]?.resolve(undefined);
    await settled();
    expect(begun).toEqual([0, 1, 2]);
    for (const { resolve } of ends) resolve(undefined);
    await Promise.all(passed);
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  it('lets the next one through after one that failed', async () => {
    const turnstile = new Turnstile(1);
    await expect(turnstile.pass(async () => Promise.reject(new Error('stumbled')))).rejects.toThrow('stumbled');
    expect(await turnstile.pass(async () => 'through')).toBe('through');
  });
});
