import { AckPolicy, type ConsumerConfig, DeliverPolicy, jetstreamManager, ReplayPolicy } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { streams } from './names.ts';

/** A durable consumer of the stream `ACCESS`: created by the platform, read by its owner only. */
export interface Durable {
  name: string;
  /** Events from the beginning of the stream, from now on, or from a time. */
  start: 'beginning' | 'new' | Date;
  filter?: string[];
}

/** The durables of the platform's own services. */
export const platformDurables: readonly Durable[] = [
  { name: 'audit', start: 'beginning' },
  { name: 'tokens', start: 'beginning', filter: ['access.v1.*.account.>'] },
];

const ACK_WAIT_NS = 5e9;

function consumerConfig({ name, start, filter }: Durable): Partial<ConsumerConfig> {
  const from =
    start === 'beginning'
      ? { deliver_policy: DeliverPolicy.All }
      : start === 'new'
        ? { deliver_policy: DeliverPolicy.New }
        : { deliver_policy: DeliverPolicy.StartTime, opt_start_time: start.toISOString() };
  return {
    durable_name: name,
    ack_policy: AckPolicy.Explicit,
    ack_wait: ACK_WAIT_NS,
    max_deliver: -1,
    max_ack_pending: 1000,
    replay_policy: ReplayPolicy.Instant,
    ...(filter?.length === 1 ? { filter_subject: filter[0] } : filter ? { filter_subjects: filter } : {}),
    ...from,
  };
}

/** Makes the streams and durables that are missing. Safe to run again; needs the set-up credentials. */
export async function setUpBus(
  options: { servers: readonly string[]; user: string; password: string },
  durables: readonly Durable[],
): Promise<void> {
  const connection = await connect({
    servers: [...options.servers],
    user: options.user,
    pass: options.password,
    inboxPrefix: `_INBOX.${options.user}`,
  });
  try {
    const manager = await jetstreamManager(connection);
    const present = new Set<string>();
    for await (const stream of manager.streams.list()) present.add(stream.config.name);
    for (const stream of Object.values(streams)) {
      if (present.has(stream.name))
        await manager.streams.update(stream.name, { ...stream, subjects: [...stream.subjects] });
      else await manager.streams.add({ ...stream, subjects: [...stream.subjects] });
    }
    const known = new Set<string>();
    for await (const consumer of manager.consumers.list(streams.access.name)) known.add(consumer.name);
    for (const durable of durables) {
      if (!known.has(durable.name)) await manager.consumers.add(streams.access.name, consumerConfig(durable));
    }
  } finally {
    await connection.drain();
  }
}
