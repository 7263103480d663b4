import { atLeast, atMost } from '../harness/bar.ts';
import { nothing, type Outcome, type Scenario } from '../harness/scenario.ts';
import { percentile } from '../harness/statistics.ts';
import { type EventLog, startEventLog } from '../platform/event-log.ts';
import { fillOutbox } from '../platform/fill-outbox.ts';
import type { Platform } from '../platform/platform.ts';
import { followRedemptions } from './s5-outbox/follow-redemptions.ts';

const BACKLOG = 30_000;
const EVENTS_PER_SECOND = 200;

/** S5: from the outbox to a durable subscriber. */
export const outbox: Scenario = async ({ platform, started }) => {
  if (!platform) return nothing;
  const log = await startEventLog(platform);
  started.defer(log.stop);
  const latencies = await followRedemptions(platform, log, EVENTS_PER_SECOND);
  return outcome(latencies, await drain(platform, log));
};

/** Events per second, from the backlog's commit to the subscriber's last event. */
async function drain(platform: Platform, log: EventLog): Promise<number> {
  const requestId = `drain-${crypto.randomUUID()}`;
  const committedAt = await fillOutbox(platform.tokensDatabaseUrl, BACKLOG, requestId);
  const events = await log.received(BACKLOG, requestId);
  const lastAt = events.reduce((latest, { at }) => Math.max(latest, at), 0);
  return (BACKLOG / (lastAt - committedAt)) * 1000;
}

function outcome(latencies: number[], rate: number): Outcome {
  const p99 = percentile(latencies, 0.99);
  const details = { p50: percentile(latencies, 0.5), max: percentile(latencies, 1) };
  const what = `from the request to a durable subscriber at ${EVENTS_PER_SECOND} events/s`;
  return {
    figures: [
      { scenario: 'S5', name: what, value: p99, unit: 'ms (p99)', details },
      { scenario: 'S5', name: `drained of a backlog of ${BACKLOG}`, value: rate, unit: 'events/s' },
    ],
    bars: [
      atLeast({ id: 'S5.drain', what: 'outbox to a durable subscriber', value: rate, unit: 'events/s', bar: 3000 }),
      atMost({ id: 'S5.p99', what, value: p99, unit: 'ms', bar: 50 }),
    ],
  };
}
