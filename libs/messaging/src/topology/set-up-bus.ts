import { durableConfig, type DurableOptions } from '@valetkey/access-events/durable-config';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { inboxPrefix, streams } from './names.ts';

/** A service's durable for the events that match, of all accounts. One subject each: older servers know no more. */
function following(durable: string, events: string, start: DurableOptions['start'] = 'beginning'): DurableOptions {
  return { durable, start, filterSubjects: [`access.v1.*.${events}`] };
}

/** The durables of the platform's own services: each a service's name, alone or with what it follows behind a dash. */
export const platformDurables: readonly DurableOptions[] = [
  { durable: 'audit', start: 'beginning' },
  following('tokens', 'account.>'),
  following('tokens-group', 'group.deleted'),
  following('tokens-mail', 'mail.*'),
  following('tokens-membership', 'membership.>'),
  following('tokens-organization', 'organization.*'),
  following('tokens-partner-user', 'partner-user.revoked'),
  following('tokens-partnership', 'partnership.*'),
  following('tenancy-session', 'session.entered'),
  // Of what happened before there was anybody to write of it, nobody wants to read.
  following('notifications-access-key', 'access-key.used-from-new-place', 'new'),
  following('notifications-access-link', 'access-link.*', 'new'),
  following('notifications-account', 'account.>', 'new'),
  following('notifications-expiring', '*.expiring', 'new'),
  following('notifications-invitation', 'invitation.accepted', 'new'),
  following('notifications-mail', 'mail.failed', 'new'),
  following('notifications-membership', 'membership.>', 'new'),
  following('notifications-partner-user', 'partner-user.*', 'new'),
  following('notifications-partnership', 'partnership.*', 'new'),
  following('notifications-user', 'user.>', 'new'),
];

/** The names of a service's own durables. */
export function durablesOf(service: string): string[] {
  return platformDurables.map(({ durable }) => durable).filter((name) => name.split('-')[0] === service);
}

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
