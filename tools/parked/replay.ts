import { type ConsumerConfig, DeliverPolicy, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { deadSubject, streams } from '@valetkey/messaging/topology';
import type { ParkedEvent } from './parked-events.ts';

/** Nanoseconds in a millisecond. */
const NANOS = 1e6;

/**
 * Has a durable begin again with the first of its parked events. What came after that is handed out again too, which its
 * subscriber bears, being idempotent. Says what was done.
 */
export async function replay(
  connection: NatsConnection,
  durable: string,
  parked: readonly ParkedEvent[],
): Promise<string> {
  const newest = parked.at(-1);
  if (!newest) return `${durable} has nothing parked.`;
  // What failed again so soon would be taken for the double of what is removed here.
  const earliest = Date.parse(newest.parkedAt) + streams.dead.duplicate_window / NANOS;
  if (Date.now() <= earliest)
    return `Try again after ${new Date(earliest).toISOString()}: the last was parked just now.`;
  const manager = await jetstreamManager(connection);
  const { config } = await manager.consumers.info(streams.access.name, durable);
  const from = Math.min(...parked.map(({ sequence }) => sequence));
  await manager.consumers.delete(streams.access.name, durable);
  await manager.consumers.add(streams.access.name, beginningAt(config, from));
  await manager.streams.purge(streams.dead.name, { filter: deadSubject(durable) });
  return `${durable} begins again with number ${from} of ${streams.access.name}.`;
}

/** The durable as it was, but for where it begins. */
function beginningAt({ opt_start_time: _, ...config }: ConsumerConfig, sequence: number): ConsumerConfig {
  return { ...config, deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: sequence };
}
