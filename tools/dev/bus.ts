import { accessEvents } from '@valetkey/contracts';
import {
  type Durable,
  natsServerConfig,
  platformDurables,
  setUpBus,
  type UserRole,
} from '@valetkey/messaging/topology';
import { databaseOwners } from './databases.ts';
import { passwordOf, type Secrets } from './secrets.ts';

/** The durable that the demo's own subscriber may read. */
export const demoDurable: Durable = { name: 'demo', start: 'new' };
export const demoSubscriber = 'subscriber';

const roles: Readonly<Record<string, UserRole>> = {
  ...Object.fromEntries(databaseOwners.map((service) => [service, serviceRole(service)])),
  gateway: { kind: 'gateway' },
  devices: { kind: 'subscriber' },
  seed: { kind: 'asker', service: 'seed' },
  setup: { kind: 'setup' },
  [demoSubscriber]: { kind: 'subscriber', durable: demoDurable.name },
};

/** Everybody who may speak on the bus. */
export const busUsers = Object.keys(roles);

/** The server's configuration: each user with its own subjects. */
export function busConfig(passwords: Secrets['bus']): string {
  return natsServerConfig(
    Object.entries(roles).map(([user, role]) => ({ user, role, password: passwordOf(passwords, user) })),
  );
}

/** Makes the streams and durable consumers that are missing. */
export async function makeStreams(natsUrl: string, passwords: Secrets['bus']): Promise<void> {
  const setup = { servers: [natsUrl], user: 'setup', password: passwordOf(passwords, 'setup') };
  await setUpBus(setup, [...platformDurables, demoDurable]);
}

function serviceRole(service: string): UserRole {
  const events = accessEvents.filter(({ source }) => source === service);
  const durable = platformDurables.find(({ name }) => name === service)?.name;
  return { kind: 'service', service, entities: [...new Set(events.map(({ entity }) => entity))], durable };
}
