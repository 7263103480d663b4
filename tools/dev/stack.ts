import { z } from 'zod';
import { databaseOf } from './databases.ts';
import type { Ports } from './ports.ts';
import { passwordOf, type Secrets } from './secrets.ts';

const User = z.object({ email: z.email(), password: z.string() });

/** What the seed made: the demo's people, and the resource server that example-devices is. */
export const Seeded = z.object({
  users: z.object({ owner: User, manager: User, viewer: User, supporter: User, partner: User, operator: User }),
  resourceServer: z.object({ clientId: z.string(), clientSecret: z.string() }),
});
export type Seeded = z.infer<typeof Seeded>;

/** The addresses and secrets of a stack. */
export interface Stack {
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly gatewayUrl: string;
  readonly devicesUrl: string;
  readonly natsUrl: string;
  readonly smtpUrl: string;
  /** The mail catcher's page. */
  readonly mailUrl: string;
  /** PostgreSQL's superuser in database `postgres`. */
  readonly databaseUrl: string;
  /** The user that becomes the first operator at signing up. */
  readonly operatorEmail: string;
}

export function stackOf(ports: Ports, secrets: Secrets): Stack {
  const at = (scheme: string, port: number) => `${scheme}://127.0.0.1:${port}`;
  return {
    ports,
    secrets,
    gatewayUrl: at('http', ports.PORT),
    devicesUrl: at('http', ports.DEVICES_PORT),
    natsUrl: at('nats', ports.NATS_PORT),
    smtpUrl: at('smtp', ports.MAIL_SMTP_PORT),
    mailUrl: at('http', ports.MAIL_WEB_PORT),
    databaseUrl: postgresUrl(ports, 'postgres', secrets.postgres, 'postgres'),
    operatorEmail: 'operator@valetkey.example',
  };
}

/** A service's own database, as its own role. */
export function databaseUrlOf({ ports, secrets }: Stack, service: string): string {
  return postgresUrl(ports, databaseOf(service), passwordOf(secrets.databases, service), databaseOf(service));
}

function postgresUrl(ports: Ports, role: string, password: string, database: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${ports.POSTGRES_PORT}/${database}`;
}
