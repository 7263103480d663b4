import { setTimeout as delay } from 'node:timers/promises';
import { startChildServer } from '../harness/child-server.ts';
import { send } from '../harness/send.ts';
import type { Platform } from './platform.ts';

const PATIENCE_MS = 120_000;
const POLL_MS = 100;

/** One access event as the durable subscriber had it. */
export interface ReceivedEvent {
  id: string;
  requestId: string;
  /** On the monotonic clock, before it was acknowledged. */
  at: number;
}

/** A durable subscriber in a process of its own, as another team would run it, that notes when each event came. */
export interface EventLog {
  /** Waits for so many different events that have this request id, or one that begins so. */
  received(count: number, requestId: string): Promise<ReceivedEvent[]>;
  stop(): Promise<void>;
}

export async function startEventLog({ events }: Platform): Promise<EventLog> {
  const { natsUrl, user, password, durable } = events;
  const server = await startChildServer(new URL('event-log.server.ts', import.meta.url), [], {
    BENCH_NATS: JSON.stringify({ servers: natsUrl, user, password, durable }),
  });
  const received = async (count: number, requestId: string): Promise<ReceivedEvent[]> => {
    const giveUpAt = performance.now() + PATIENCE_MS;
    for (;;) {
      const found = await countOf(server.url, requestId);
      if (found >= count) return list(server.url, requestId);
      if (performance.now() > giveUpAt) throw new Error(`Only ${found} of ${count} events ${requestId} arrived`);
      await delay(POLL_MS);
    }
  };
  return { received, stop: server.stop };
}

const countOf = async (url: string, requestId: string): Promise<number> =>
  Number(await get(url, `/count?requestId=${requestId}`));

const list = async (url: string, requestId: string): Promise<ReceivedEvent[]> =>
  JSON.parse(await get(url, `/events?requestId=${requestId}`));

const get = async (url: string, path: string): Promise<string> =>
  (await send(url, { method: 'GET', path, headers: {} })).body;
