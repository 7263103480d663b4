import { inboxPrefix } from '@valetkey/messaging/topology';
import { databaseOf } from '../dev/databases.ts';
import { passwordOf, type Secrets } from '../dev/secrets.ts';
import { devicesUser } from './bus-users.ts';

type Environment = Readonly<Record<string, string>>;

/** What each service of docker-compose.yml must keep to itself; the rest of its environment stands there. */
export function secretEnvironments(secrets: Secrets, subscribers: readonly string[]): Record<string, Environment> {
  const bus = (user: string) => ({ NATS_USER: user, NATS_PASSWORD: passwordOf(secrets.bus, user) });
  const own = (service: string) => ({ ...bus(service), DATABASE_URL: databaseUrl(secrets, service) });
  const digest = { DIGEST_KEY: secrets.digestKey };
  const sealing = { MAIL_PUBLIC_KEY: JSON.stringify(secrets.mailKey.public) };
  return {
    postgres: { POSTGRES_PASSWORD: secrets.postgres },
    setup: { ...bus('setup'), DURABLES: subscribers.join(',') },
    gateway: { ...bus('gateway'), ...digest },
    identity: {
      ...own('identity'),
      ...digest,
      TWO_FACTOR_KEY: secrets.twoFactorKey,
      ...sealing,
    },
    tenancy: { ...own('tenancy'), ...sealing },
    tokens: { ...own('tokens'), ...digest, ...sealing },
    notifications: { ...own('notifications'), MAIL_PRIVATE_KEY: JSON.stringify(secrets.mailKey.private) },
    audit: own('audit'),
    'example-devices': bus(devicesUser),
    ...Object.fromEntries(
      subscribers.map((name) => [`subscriber-${name}`, { ...bus(name), NATS_INBOX_PREFIX: inboxPrefix(name) }]),
    ),
  };
}

/** A line for each variable, in quotes that leave everything as it is. */
export function envFile(environment: Environment): string {
  return Object.entries(environment)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join('');
}

function databaseUrl({ databases }: Secrets, service: string): string {
  const name = databaseOf(service);
  return `postgresql://${name}:${passwordOf(databases, service)}@postgres:5432/${name}`;
}
