import { durableConfig, type DurableOptions } from '@valetkey/access-events/durable-config';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { inboxPrefix, streams } from './names.ts';

/** The durables of the platform's own services. */
export const platformDurables: readonly DurableOptions[] = [
  { durable: 'audit', start: 'beginning' },
  { durable: 'tokens', start: 'beginning', filterSubjects: ['access.v1.*.account.>'] },
];

/** Makes the streams and durables that are missing. Safe to run again; needs the set-up credentials. */
export async function setUpBus(
  options: { servers: readonly string[]; user: string; password: string },
  durables: readonly DurableOptions[],
): Promise<void> {
  const connection = await connect({
    servers: [...options.servers],
    user: options.user,
    pass: options.password,
    inboxPrefix: inboxPrefix(options.user),
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
      if (!known.has(durable.durable)) await manager.consumers.add(streams.access.name, durableConfig(durable));
    }
  } finally {
    await connection.drain();
  }
}
