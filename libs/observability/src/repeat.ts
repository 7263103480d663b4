/** Resolves after so many milliseconds, or at once when the signal aborts. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}

export interface Repeated {
  /** Milliseconds between the end of one run and the beginning of the next. */
  everyMs: number;
  work: () => Promise<void>;
  /** Told of a run that failed; the next one comes all the same. */
  onError: (error: unknown) => void;
}

/** Runs work again and again, never twice at once. `stop` waits for a run under way. */
export function repeat({ everyMs, work, onError }: Repeated): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await work();
      } catch (error) {
        onError(error);
      }
      await pause(everyMs, stopping.signal);
    }
  })();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}
