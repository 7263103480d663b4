import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { TestBus } from '@valetkey/testing';
import { freePort, type Mailbox, startMailbox } from '@valetkey/testing/stack';
import { ServiceProcess } from './service-process.ts';
import { Servers } from './servers.ts';

const OWNERS = ['identity', 'tenancy', 'notifications', 'audit', 'tokens'] as const;
export const OPERATOR_EMAIL = 'operator@valetkey.example';

interface Options {
  tokens?: number;
  /** One for each gateway replica: the path on which it reaches NATS, if not the direct one. */
  gateways?: readonly ((bus: TestBus) => Promise<string>)[];
}

/** The built platform, each service in a process of its own, in real time. */
export interface Processes {
  servers: Servers;
  mailbox: Mailbox;
  gatewayUrls: string[];
  databases: Record<string, string>;
  /** By service, replicas in the order of their start. */
  services: Record<string, readonly ServiceProcess[]>;
  /** The first replica of a service. */
  service(name: string): ServiceProcess;
  /** Starts the mail server again where it was. */
  restartMailbox(): Promise<Mailbox>;
  stop(): Promise<void>;
}

export const direct = async ({ nats }: TestBus): Promise<string> => nats.url;

export async function startProcesses({ tokens = 1, gateways = [direct] }: Options = {}): Promise<Processes> {
  const [servers, mailbox] = await Promise.all([Servers.start(), startMailbox()]);
  const { bus } = servers;
  const secrets = sharedSecrets(mailbox.smtpUrl);
  const databases: Record<string, string> = {};
  const services: Record<string, ServiceProcess[]> = { gateway: [] };
  const gatewayUrls: string[] = [];
  for (const name of OWNERS) {
    const DATABASE_URL = (databases[name] = await servers.database(name));
    const environment = { ...bus.environmentOf(name), ...secrets, DATABASE_URL };
    const replicas = Array.from({ length: name === 'tokens' ? tokens : 1 }, () => ServiceProcess.of(name, environment));
    services[name] = await Promise.all(replicas);
  }
  for (const path of gateways) {
    const PORT = String(await freePort());
    const environment = { ...bus.environmentOf('gateway'), ...secrets, NATS_URL: await path(bus), PORT };
    services['gateway']?.push(await ServiceProcess.of('gateway', environment));
    gatewayUrls.push(`http://127.0.0.1:${PORT}`);
  }
  const all = Object.values(services).flat();
  const processes: Processes = {
    servers,
    mailbox,
    gatewayUrls,
    databases,
    services,
    service(name) {
      const [first] = services[name] ?? [];
      if (!first) throw new Error(`No service is called ${name}`);
      return first;
    },
    async restartMailbox() {
      processes.mailbox = await startMailbox({ port: Number(new URL(mailbox.smtpUrl).port) });
      return processes.mailbox;
    },
    async stop() {
      await Promise.all(all.map((service) => service.stop()));
      await processes.mailbox.close();
      await servers.stop();
    },
  };
  try {
    await Promise.all(all.map((service) => service.start()));
  } catch (error) {
    await processes.stop();
    throw error;
  }
  return processes;
}

function sharedSecrets(SMTP_URL: string): Record<string, string> {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  return {
    MAIL_PUBLIC_KEY: JSON.stringify(publicKey.export({ format: 'jwk' })),
    MAIL_PRIVATE_KEY: JSON.stringify(privateKey.export({ format: 'jwk' })),
    DIGEST_KEY: randomBytes(32).toString('base64url'),
    TWO_FACTOR_KEY: randomBytes(32).toString('base64url'),
    SMTP_URL,
    MAIL_FROM: 'Valetkey <no-reply@valetkey.example>',
    PUBLIC_URL: 'http://valetkey.example',
    OPERATOR_EMAIL,
    HOST: '127.0.0.1',
    // So that a test may come from many addresses, by X-Forwarded-For: sign-ups are counted by address.
    TRUSTED_PROXIES: '127.0.0.1/32',
  };
}
