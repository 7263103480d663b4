import { accessEvents } from '@valetkey/contracts';
import type { NatsUser } from './nats-server-config.ts';
import { durablesOf } from './set-up-bus.ts';

const services = ['identity', 'tenancy', 'tokens', 'notifications', 'audit'] as const;

/** Deletes the events of an account that is gone for good: it keeps them all, and so knows when the last has come. */
const PURGER = 'audit';

/** Another team's service that may read access events, and fetch from one durable if it names one. */
export interface Subscriber {
  user: string;
  durable?: string;
}

interface PlatformUsersOptions {
  passwordOf: (user: string) => string;
  subscribers: readonly Subscriber[];
  /** Services by name alone that ask in their own name and serve nothing; `seed` in development. */
  askers?: readonly string[];
}

/** Every NATS user of an installation. What a service may publish follows from the events that name it as their source. */
export function platformUsers({ passwordOf, subscribers, askers = [] }: PlatformUsersOptions): NatsUser[] {
  const named = (user: string, role: NatsUser['role']): NatsUser => ({ user, password: passwordOf(user), role });
  return [
    named('setup', { kind: 'setup' }),
    named('gateway', { kind: 'gateway' }),
    ...services.map((service) =>
      named(service, { kind: 'service', service, ...ownOf(service), purges: service === PURGER }),
    ),
    ...askers.map((asker) => named(asker, { kind: 'asker', service: asker })),
    ...subscribers.map(({ user, durable }) => named(user, { kind: 'subscriber', durable })),
  ];
}

function ownOf(service: string): { entities: string[]; durables: string[] } {
  const own = accessEvents.filter(({ source }) => source === service).map(({ entity }) => entity);
  return { entities: [...new Set(own)], durables: durablesOf(service) };
}
