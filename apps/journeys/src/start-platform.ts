import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { AuditModule } from '@valetkey/audit';
import { auditConfig } from '@valetkey/audit/config';
import { type Environment, readConfig } from '@valetkey/config';
import { GatewayModule } from '@valetkey/gateway';
import { gatewayConfig } from '@valetkey/gateway/config';
import { HttpServer } from '@valetkey/gateway/http-server';
import { IdentityModule } from '@valetkey/identity';
import { identityConfig } from '@valetkey/identity/config';
import { NotificationsModule } from '@valetkey/notifications';
import { notificationsConfig } from '@valetkey/notifications/config';
import { Clock, createLogger, Logger, TestClock } from '@valetkey/observability';
import { TenancyModule } from '@valetkey/tenancy';
import { tenancyConfig } from '@valetkey/tenancy/config';
import { newTestDatabase, startTestBus, type TestBus } from '@valetkey/testing';
import { type Mailbox, startMailbox } from '@valetkey/testing/stack';
import { TokensModule } from '@valetkey/tokens';
import { tokensConfig } from '@valetkey/tokens/config';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';

type ServiceName = 'identity' | 'tenancy' | 'tokens' | 'notifications' | 'audit' | 'gateway';

/** How each service is made from its environment. */
const modules: Record<ServiceName, (environment: Environment) => DynamicModule> = {
  identity: (environment) => IdentityModule.forRoot(readConfig(identityConfig, environment)),
  tenancy: (environment) => TenancyModule.forRoot(readConfig(tenancyConfig, environment)),
  tokens: (environment) => TokensModule.forRoot(readConfig(tokensConfig, environment)),
  notifications: (environment) => NotificationsModule.forRoot(readConfig(notificationsConfig, environment)),
  audit: (environment) => AuditModule.forRoot(readConfig(auditConfig, environment)),
  gateway: (environment) => GatewayModule.forRoot(readConfig(gatewayConfig, environment)),
};

export const OPERATOR_EMAIL = 'operator@valetkey.example';

/** The whole platform in this process, with one clock that a test moves. */
export interface Platform {
  clock: TestClock;
  bus: TestBus;
  mailbox: Mailbox;
  /** One for each gateway replica. */
  gatewayUrls: string[];
  /** Connection strings by service. */
  databases: Record<string, string>;
  /** Starts one more replica of a service: what that does from time to time, it does at once. */
  replicate(service: ServiceName): Promise<void>;
  stop(): Promise<void>;
}

interface PlatformOptions {
  /** What each gateway replica has in its environment besides. */
  gateways?: readonly Environment[];
  /** Where a browser finds the platform, and mails lead to; a made-up host unless one is to be used. */
  publicUrl?: string;
  /** Where every service writes all it has to say; without it only errors are told, on standard output. */
  logs?: { write(line: string): void };
}

export async function startPlatform({
  gateways = [{}],
  publicUrl = 'http://valetkey.example',
  logs,
}: PlatformOptions = {}): Promise<Platform> {
  const [bus, mailbox] = await Promise.all([startTestBus(), startMailbox()]);
  const clock = new TestClock(new Date('2026-03-01T12:00:00Z'));
  const secrets = sharedSecrets(mailbox, publicUrl);
  const databases: Record<string, string> = {};
  const running: INestApplicationContext[] = [];
  const start = async (service: ServiceName, more: Environment = {}) => {
    const database = service === 'gateway' ? {} : { DATABASE_URL: (databases[service] ??= await newTestDatabase()) };
    const environment = { LOG_LEVEL: 'error', ...bus.environmentOf(service), ...secrets, ...database, ...more };
    const testing = Test.createTestingModule({ imports: [modules[service](environment)] });
    testing.overrideProvider(Clock).useValue(clock);
    if (logs)
      testing.overrideProvider(Logger).useValue(createLogger({ service, level: 'trace', format: 'json' }, logs));
    const module = await testing.compile();
    running.push(await module.init());
    return module;
  };
  const replicate = async (service: ServiceName) => {
    await start(service);
  };
  const stop = async () => {
    for (const app of running.reverse()) await app.close();
    await mailbox.close();
    await bus.stop();
  };
  const gatewayUrls: string[] = [];
  try {
    for (const service of ['identity', 'tenancy', 'notifications', 'audit', 'tokens'] as const) await start(service);
    for (const more of gateways) gatewayUrls.push((await start('gateway', more)).get(HttpServer).url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { clock, bus, mailbox, gatewayUrls, databases, replicate, stop };
}

function sharedSecrets(mailbox: Mailbox, publicUrl: string): Record<string, string> {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  return {
    MAIL_PUBLIC_KEY: JSON.stringify(publicKey.export({ format: 'jwk' })),
    MAIL_PRIVATE_KEY: JSON.stringify(privateKey.export({ format: 'jwk' })),
    DIGEST_KEY: randomBytes(32).toString('base64url'),
    TWO_FACTOR_KEY: randomBytes(32).toString('base64url'),
    SMTP_URL: mailbox.smtpUrl,
    MAIL_FROM: 'Valetkey <no-reply@valetkey.example>',
    PUBLIC_URL: publicUrl,
    OPERATOR_EMAIL,
    PORT: '0',
    HOST: '127.0.0.1',
  };
}
