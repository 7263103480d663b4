import { passwordOf } from './secrets.ts';
import { databaseUrlOf, type Seeded, type Stack } from './stack.ts';

/** One process of the platform. */
export interface Service {
  readonly name: string;
  /** Its program, from the workspace's root. */
  readonly main: string;
  /** Answers `/health/ready`. */
  readonly managementPort: number;
  readonly env: Readonly<Record<string, string>>;
}

/** What runs before the demo is seeded, in the order of starting. */
export function platformServices(stack: Stack): readonly Service[] {
  const { ports, secrets } = stack;
  const sealing = { MAIL_PUBLIC_KEY: JSON.stringify(secrets.mailKey.public) };
  return [
    service(stack, 'identity', ports.IDENTITY_MANAGEMENT_PORT, {
      ...ownDatabase(stack, 'identity'),
      ...sealing,
      DIGEST_KEY: secrets.digestKey,
      TWO_FACTOR_KEY: secrets.twoFactorKey,
      OPERATOR_EMAIL: stack.operatorEmail,
    }),
    service(stack, 'tenancy', ports.TENANCY_MANAGEMENT_PORT, {
      ...ownDatabase(stack, 'tenancy'),
      ...sealing,
      PUBLIC_URL: stack.gatewayUrl,
    }),
    service(stack, 'tokens', ports.TOKENS_MANAGEMENT_PORT, {
      ...ownDatabase(stack, 'tokens'),
      // A redemption holds a connection until its commit is on the disk.
      DATABASE_POOL: '32',
      DIGEST_KEY: secrets.digestKey,
      ...sealing,
    }),
    service(stack, 'notifications', ports.NOTIFICATIONS_MANAGEMENT_PORT, {
      ...ownDatabase(stack, 'notifications'),
      SMTP_URL: stack.smtpUrl,
      PUBLIC_URL: stack.gatewayUrl,
      MAIL_FROM: 'Valetkey <no-reply@valetkey.example>',
      MAIL_PRIVATE_KEY: JSON.stringify(secrets.mailKey.private),
    }),
    service(stack, 'audit', ports.AUDIT_MANAGEMENT_PORT, ownDatabase(stack, 'audit')),
    service(stack, 'gateway', ports.GATEWAY_MANAGEMENT_PORT, {
      PORT: String(ports.PORT),
      PUBLIC_URL: stack.gatewayUrl,
      DIGEST_KEY: secrets.digestKey,
    }),
  ];
}

/** What needs the seed's credentials to start. */
export function seededServices(stack: Stack, { resourceServer }: Seeded): readonly Service[] {
  const { ports } = stack;
  const devices = {
    PORT: String(ports.DEVICES_PORT),
    GATEWAY_URL: stack.gatewayUrl,
    CLIENT_ID: resourceServer.clientId,
    CLIENT_SECRET: resourceServer.clientSecret,
  };
  return [service(stack, 'example-devices', ports.DEVICES_MANAGEMENT_PORT, devices, 'devices')];
}

function service(
  { natsUrl, secrets }: Stack,
  name: string,
  managementPort: number,
  env: Service['env'],
  busUser = name,
): Service {
  const everyone = {
    // A young generation of 16 MB, V8's own choice, would be a tenth of what a service takes at rest. An old one of
    // 512 MB is five times what the fullest service has in use; with the 4 GB of a large machine V8 would collect only
    // when the heap has grown to four times that, and keep the pages.
    NODE_OPTIONS: '--max-semi-space-size=4 --max-old-space-size=512',
    LOG_FORMAT: 'pretty',
    LOG_LEVEL: 'info',
    MANAGEMENT_PORT: String(managementPort),
    NATS_URL: natsUrl,
    NATS_USER: busUser,
    NATS_PASSWORD: passwordOf(secrets.bus, busUser),
  };
  return { name, main: `apps/${name}/dist/main.js`, managementPort, env: { ...everyone, ...env } };
}

function ownDatabase(stack: Stack, name: string): Service['env'] {
  return { DATABASE_URL: databaseUrlOf(stack, name) };
}
