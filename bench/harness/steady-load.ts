const TICK_MS = 5;

/**
 * Calls `fire` so many times a second until it is stopped, whether or not earlier calls have come back. What a late
 * timer has missed is made up for.
 *
 * @returns what stops it: resolves when all calls are back, with their number, or rejects as the first failed one did
 */
export function steadyLoad(perSecond: number, fire: (index: number) => Promise<unknown>): () => Promise<number> {
  const start = performance.now();
  const underWay = new Set<Promise<unknown>>();
  let fired = 0;
  let failure: { error: unknown } | undefined;

  const fireOne = (): void => {
    const call = fire(fired++)
      .catch((error: unknown) => (failure ??= { error }))
      .finally(() => underWay.delete(call));
    underWay.add(call);
  };
  const timer = setInterval(() => {
    const due = ((performance.now() - start) * perSecond) / 1000;
    while (fired < due) fireOne();
  }, TICK_MS);

  return async () => {
    clearInterval(timer);
    await Promise.all(underWay);
    if (failure) throw failure.error;
    return fired;
  };
}
