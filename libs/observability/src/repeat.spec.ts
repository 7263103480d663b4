import { describe, expect, test } from '@jest/globals';
import { pause, repeat } from './index.ts';

const HOUR_MS = 3_600_000;
const never = () => {
  throw new Error('nothing was to fail');
};

/** Work that waits in each run until it is let go, and counts. */
function heldWork() {
  const begun = Promise.withResolvers<undefined>();
  const mayEnd = Promise.withResolvers<undefined>();
  const counts = { begun: 0, ended: 0 };
  const work = async () => {
    counts.begun += 1;
    begun.resolve(undefined);
    await mayEnd.promise;
    counts.ended += 1;
  };
  return { work, counts, begun: begun.promise, letGo: () => mayEnd.resolve(undefined) };
}

/** Resolves when it was called so often. */
function calls(count: number) {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let called = 0;
  const call = () => {
    called += 1;
    if (called === count) resolve(undefined);
  };
  return { call, done: promise };
}

/** Resolves when other work was repeated so often: time in which something else had its chance. */
async function afterRuns(count: number): Promise<void> {
  const { call, done } = calls(count);
  const counting = repeat({ everyMs: 1, work: async () => call(), onError: never });
  await done;
  await counting.stop();
}

describe('Repeated work', () => {
  test('runs at once, and again', async () => {
    await expect(afterRuns(3)).resolves.toBeUndefined();
  });

  test('never runs twice at once, however long it takes', async () => {
    const { work, counts, letGo } = heldWork();
    const repeated = repeat({ everyMs: 1, work, onError: never });
    await afterRuns(10);
    expect(counts).toEqual({ begun: 1, ended: 0 });
    letGo();
    await repeated.stop();
  });

  test.each([
    ['rejects', () => Promise.reject(new Error('failed'))],
    ['throws', never],
  ])('that %s is told, and runs again', async (_how, work) => {
    const { call, done } = calls(2);
    const repeated = repeat({ everyMs: 1, work, onError: call });
    await done;
    await repeated.stop();
  });

  test('that is stopped ends the run under way, and begins no other', async () => {
    const { work, counts, begun, letGo } = heldWork();
    const repeated = repeat({ everyMs: 1, work, onError: never });
    await begun;
    const stopped = repeated.stop().then(() => counts.ended);
    letGo();
    expect(await stopped).toBe(1);
    await afterRuns(3);
    expect(counts).toEqual({ begun: 1, ended: 1 });
  });

  test('does not keep the one who stops it waiting between two runs, nor the second who does', async () => {
    const { work, counts, begun, letGo } = heldWork();
    letGo();
    const repeated = repeat({ everyMs: HOUR_MS, work, onError: never });
    await begun;
    await Promise.all([repeated.stop(), repeated.stop()]);
    expect(counts).toEqual({ begun: 1, ended: 1 });
  });
});

describe('A pause', () => {
  test('ends with its signal', async () => {
    const stop = new AbortController();
    const paused = pause(HOUR_MS, stop.signal);
    stop.abort();
    await paused;
    await pause(HOUR_MS, stop.signal);
  });
});
