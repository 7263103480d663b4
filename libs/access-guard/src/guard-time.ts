/** The time, injected so that a test can move it. */
export interface GuardTime {
  /** Milliseconds since the epoch. */
  wall(): number;
  /** Milliseconds since any fixed moment, on a clock that never jumps. */
  monotonic(): number;
  /** Calls back after so many milliseconds, unless it is called off. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** The machine's own time. Its timers keep no process alive. */
export const systemTime: GuardTime = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};
