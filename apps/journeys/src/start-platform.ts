import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Environment } from '@valetkey/config';
import { HttpServer } from '@valetkey/gateway/http-server';
import { TestClock } from '@valetkey/observability';
import { startTestBus, type TestBus } from '@valetkey/testing';
import { type Mailbox, startMailbox } from '@valetkey/testing/stack';
import { PlatformServices, type ServiceName } from './platform-services.ts';

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
  /** Stops every replica of a service and starts it anew on what it keeps; gateways stay at their URLs. */
  restart(service: ServiceName): Promise<void>;
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
  const services = new PlatformServices({ bus, clock, environment: sharedEnvironment(mailbox, publicUrl), logs });
  const replicate = async (service: ServiceName) => {
    await services.start(service);
  };
  const stop = async () => {
    await services.stop();
    await mailbox.close();
    await bus.stop();
  };
  const gatewayUrls: string[] = [];
  try {
    for (const service of ['identity', 'tenancy', 'notifications', 'audit', 'tokens'] as const)
      await replicate(service);
    for (const more of gateways) gatewayUrls.push((await services.start('gateway', more)).get(HttpServer).url);
  } catch (error) {
    await stop();
    throw error;
  }
  const { databases } = services;
  const restart = (service: ServiceName) => services.restart(service);
  return { clock, bus, mailbox, gatewayUrls, databases, replicate, restart, stop };
}

function sharedEnvironment(mailbox: Mailbox, publicUrl: string): Environment {
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
