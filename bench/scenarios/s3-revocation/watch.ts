import type { CheckPoint } from '../../platform/check-points.ts';

interface Accepted {
  /** When the check was sent and when its answer was there, on the driver's monotonic clock. */
  sentAt: number;
  answeredAt: number;
}

export interface Watch {
  /** Ends the watch. Milliseconds from `revokedAt` to the last answer that accepts, of checks sent since; 0 if none. */
  lastWrongAfter(revokedAt: number): Promise<number>;
}

/** Asks one check point about one session, again and again without a pause. */
export function watch(point: CheckPoint, secret: string): Watch {
  const accepted: Accepted[] = [];
  let ended = false;
  const work = async (): Promise<void> => {
    while (!ended) {
      const sentAt = performance.now();
      if (await point.accepts(secret)) accepted.push({ sentAt, answeredAt: performance.now() });
    }
  };
  const working = work();
  return {
    lastWrongAfter: async (revokedAt) => {
      ended = true;
      await working;
      const wrong = accepted.filter(({ sentAt }) => sentAt >= revokedAt);
      return Math.max(0, ...wrong.map(({ answeredAt }) => answeredAt - revokedAt));
    },
  };
}
