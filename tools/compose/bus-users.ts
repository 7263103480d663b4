import { type NatsUser, natsServerConfig, platformUsers } from '@valetkey/messaging/topology';
import { passwordOf, type Secrets } from '../dev/secrets.ts';

/** Reads live events only, as the example does. */
export const devicesUser = 'devices';

/** Every NATS user of the installation; a subscriber is named like its durable. */
export function busUsersOf(subscribers: readonly string[], passwords: Secrets['bus']): NatsUser[] {
  return usersOf(subscribers, (user) => passwordOf(passwords, user));
}

export function busUserNames(subscribers: readonly string[]): string[] {
  return usersOf(subscribers, () => '').map(({ user }) => user);
}

/** The server's configuration, for the image of NATS. */
export function natsConf(subscribers: readonly string[], passwords: Secrets['bus']): string {
  const own = 'jetstream { store_dir: "/data" }\nhttp: "127.0.0.1:8222"\n';
  return natsServerConfig(busUsersOf(subscribers, passwords)) + own;
}

function usersOf(subscribers: readonly string[], passwordFor: (user: string) => string): NatsUser[] {
  const durable = subscribers.map((name) => ({ user: name, durable: name }));
  return platformUsers({ passwordOf: passwordFor, subscribers: [{ user: devicesUser }, ...durable] });
}
