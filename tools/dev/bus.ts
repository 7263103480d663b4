import type { DurableOptions } from '@valetkey/access-events/durable-config';
import { natsServerConfig, platformDurables, platformUsers, setUpBus } from '@valetkey/messaging/topology';
import { passwordOf, type Secrets } from './secrets.ts';

/** The durable that the demo's own subscriber may read. */
export const demoDurable: DurableOptions = { durable: 'demo', start: 'new' };
export const demoSubscriber = 'subscriber';

const subscribers = [{ user: 'devices' }, { user: demoSubscriber, durable: demoDurable.durable }];

/** Everybody who may speak on the bus. */
function users(passwordOfUser: (user: string) => string) {
  return platformUsers({ passwordOf: passwordOfUser, subscribers });
}

export const busUsers = users(() => '').map(({ user }) => user);

/** The server's configuration: each user with its own subjects. */
export function busConfig(passwords: Secrets['bus']): string {
  return natsServerConfig(users((user) => passwordOf(passwords, user)));
}

/** Makes the streams and durable consumers that are missing. */
export async function makeStreams(natsUrl: string, passwords: Secrets['bus']): Promise<void> {
  const setup = { servers: [natsUrl], user: 'setup', password: passwordOf(passwords, 'setup') };
  await setUpBus(setup, [...platformDurables, demoDurable]);
}
