import { waitUntil } from '@valetkey/testing/stack';

/** Work that is done again and again by several hands, until stopped. */
export interface Load {
  /** How many times it was done. */
  readonly done: number;
  /** Resolves when every hand has finished what it had begun. */
  stop(): Promise<void>;
}

/** @param everyMs each hand begins so often at most; without it, again at once. */
export function underLoad(hands: number, work: (hand: number) => Promise<unknown>, everyMs = 0): Load {
  let done = 0;
  let stopped = false;
  const turns = async (hand: number) => {
    for (let next = performance.now(); !stopped; next = Math.max(next + everyMs, performance.now())) {
      await waitUntil(async () => stopped || performance.now() >= next || undefined, {
        timeoutMs: everyMs,
        everyMs: 2,
      });
      await work(hand);
      done += 1;
    }
  };
  const working = Promise.all(Array.from({ length: hands }, (_, hand) => turns(hand)));
  return {
    get done() {
      return done;
    },
    stop: async () => {
      stopped = true;
      await working;
    },
  };
}
