import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.ts';

describe('works with the same key', () => {
  it('run one after another, in the order of their coming', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const work = (name: string) => async () => {
      seen.push(`${name} begins`);
      await new Promise(setImmediate);
      seen.push(`${name} ends`);
      return name;
    };
    expect(await Promise.all([turns.take('key', work('one')), turns.take('key', work('two'))])).toEqual(['one', 'two']);
    expect(seen).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
  });

  it('go on after one that failed', async () => {
    const turns = new Turns();
    const failing = turns.take('key', async () => Promise.reject(new Error('broken')));
    const next = turns.take('key', async () => 'fine');
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('fine');
  });
});

it('works with different keys run at once', async () => {
  const turns = new Turns();
  const { promise, resolve } = Promise.withResolvers<string>();
  const waiting = turns.take('one', async () => promise);
  await turns.take('other', async () => resolve('released'));
  expect(await waiting).toBe('released');
});
