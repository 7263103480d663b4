import { inboxPrefix, replyInbox, streams } from './names.ts';

/** What a NATS user may do: subjects to publish, subjects to subscribe. */
export interface Rights {
  publish: string[];
  subscribe: string[];
}

export type UserRole =
  | { kind: 'gateway' }
  | { kind: 'service'; service: string; entities: readonly string[]; durables: readonly string[]; purges?: boolean }
  | { kind: 'asker'; service: string }
  | { kind: 'subscriber'; durable?: string }
  | { kind: 'setup' };

const liveEvents = ['access.v1.>', 'access.heartbeat.*'];

/** Fetch from and acknowledge one durable, park what it cannot handle: nothing else of the JetStream API. */
function consuming(durable: string): string[] {
  const { name } = streams.access;
  return [`$JS.API.CONSUMER.MSG.NEXT.${name}.${durable}`, `$JS.ACK.${name}.${durable}.>`, `dead.v1.${durable}`];
}

/** What NATS clients ask for before they fetch: how the durable is configured, and how far it is. See ADR 0013. */
function ownInfo(durable: string): string {
  return `$JS.API.CONSUMER.INFO.${streams.access.name}.${durable}`;
}

/** Whoever asks a service has an inbox for its answers, see ReplyInboxes. */
function answersOf(service: string): string {
  return `${replyInbox('*', service, '*')}.*`;
}

/** The rights of a user by its role. NATS permits by subject, so the subjects carry the trust. */
export function rightsOf(user: string, role: UserRole): Rights {
  const inbox = `${inboxPrefix(user)}.>`;
  switch (role.kind) {
    case 'gateway':
      return { publish: ['gw.>'], subscribe: [inbox, ...liveEvents] };
    case 'service':
      return serviceRights(inbox, role);
    case 'asker':
      return { publish: [`svc.${role.service}.>`], subscribe: [inbox] };
    case 'subscriber':
      return {
        publish: role.durable ? [...consuming(role.durable), ownInfo(role.durable)] : [],
        subscribe: [inbox, ...liveEvents],
      };
    case 'setup':
      return { publish: ['$JS.API.>'], subscribe: [inbox] };
  }
}

function serviceRights(inbox: string, role: Extract<UserRole, { kind: 'service' }>): Rights {
  const { service, entities, durables, purges } = role;
  return {
    publish: [
      `svc.${service}.>`,
      answersOf(service),
      ...entities.map((entity) => `access.v1.*.${entity}.>`),
      `access.heartbeat.${service}`,
      `outbox.${service}.>`,
      ...durables.flatMap(consuming),
      // NATS permits it for the whole stream or not at all. See ADR 0014.
      ...(purges ? [`$JS.API.STREAM.PURGE.${streams.access.name}`] : []),
    ],
    subscribe: [inbox, `gw.${service}.>`, `svc.*.${service}.>`, `outbox.${service}.>`],
  };
}
