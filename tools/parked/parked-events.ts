import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { deadSubject, streams } from '@valetkey/messaging/topology';
import { z } from 'zod';

/** As a subscriber parks it; the event's body is left out. */
const Body = z.object({
  durable: z.string(),
  subject: z.string(),
  sequence: z.number(),
  attempts: z.number(),
  error: z.object({ name: z.string(), message: z.string() }),
});

export type ParkedEvent = z.infer<typeof Body> & {
  /** RFC 3339. */
  parkedAt: string;
};

/** What a durable has parked, or all have, the oldest first. */
export async function parkedEvents(connection: NatsConnection, durable?: string): Promise<ParkedEvent[]> {
  const { streams: stored } = await jetstreamManager(connection);
  const { first_seq: first, last_seq: last } = (await stored.info(streams.dead.name)).state;
  const parked: ParkedEvent[] = [];
  // An empty stream says 0 for both, which no message has.
  for (let seq = Math.max(first, 1); seq <= last; seq += 1) {
    const message = await stored.getMessage(streams.dead.name, { seq });
    if (!message || (durable !== undefined && message.subject !== deadSubject(durable))) continue;
    parked.push({ ...Body.parse(message.json()), parkedAt: message.timestamp });
  }
  return parked;
}
