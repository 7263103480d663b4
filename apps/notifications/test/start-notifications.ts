import { generateKeyPairSync } from 'node:crypto';
import { readConfig } from '@valetkey/config';
import { type MailContent, sendMail } from '@valetkey/contracts';
import { sealFor } from '@valetkey/credentials';
import type { Bus } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { startTestService, type TestService } from '@valetkey/testing';
import { type Mailbox, startMailbox, waitUntil } from '@valetkey/testing/stack';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { notificationsConfig } from '../src/notifications.config.ts';
import { NotificationsModule } from '../src/notifications.module.ts';
import { Neighbours } from './neighbours.ts';
import { Publisher } from './publisher.ts';

const DAY_MS = 24 * 3_600_000;

export interface Order {
  mailId?: string;
  content: MailContent;
  /** From now; a day by default. */
  lifetimeMs?: number;
}

export interface Replica {
  app: INestApplicationContext;
  stop(): Promise<void>;
}

/** Notifications on real stores and a real SMTP server, with neighbours that want every mail. */
export interface TestNotifications extends TestService {
  readonly database: Client;
  /** Sent to it, or to what took its place on its port. */
  mailbox: Mailbox;
  readonly neighbours: Neighbours;
  readonly events: Publisher;
  /** Orders a mail in identity's name; its id. */
  order(order: Order): Promise<string>;
  /** Waits until a query has a row. */
  until(query: string, values: readonly unknown[]): Promise<void>;
  /** Starts a further process of the service, as far as one process can tell; answers it, and how to stop it. */
  startReplica(): Promise<Replica>;
}

export async function startNotifications(): Promise<TestNotifications> {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const mailbox = await startMailbox();
  const neighbours = new Neighbours();
  let environment: Record<string, string> = {};
  const service = await startTestService({
    service: 'notifications',
    module: (given) => {
      environment = given;
      return NotificationsModule.forRoot(readConfig(notificationsConfig, given));
    },
    environment: {
      PUBLIC_URL: 'https://access.example.com',
      SMTP_URL: mailbox.smtpUrl,
      MAIL_FROM: 'Valetkey <no-reply@valetkey.example>',
      MAIL_PRIVATE_KEY: JSON.stringify(privateKey.export({ format: 'jwk' })),
    },
    neighbours: neighbours.answers,
  });
  const database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
  const identity: Bus = await service.as('identity');
  const replicas = new Set<INestApplicationContext>();
  const notifications: TestNotifications = {
    ...service,
    database,
    mailbox,
    neighbours,
    events: new Publisher(service),
    order: async ({ mailId = uuidv7(), content, lifetimeMs = DAY_MS }) => {
      const sealed = await sealFor(publicKey.export({ format: 'jwk' }), content);
      const expiresAt = new Date(service.clock.now().getTime() + lifetimeMs).toISOString();
      const { template } = content;
      await identity.ask(sendMail, { mailId, template, sealed, expiresAt }, service.context());
      return mailId;
    },
    until: async (query, values) => {
      const found = await waitUntil(
        async () => (await database.query(query, [...values])).rows.length > 0 || undefined,
        {
          timeoutMs: 10_000,
        },
      );
      if (!found) throw new Error(`There never was a row of: ${query}`);
    },
    startReplica: async () => {
      const module = await Test.createTestingModule({
        imports: [NotificationsModule.forRoot(readConfig(notificationsConfig, environment))],
      })
        .overrideProvider(Clock)
        .useValue(service.clock)
        .compile();
      const replica = await module.init();
      replicas.add(replica);
      const stop = async () => {
        replicas.delete(replica);
        await replica.close();
      };
      return { app: replica, stop };
    },
    stop: async () => {
      await database.end();
      await Promise.all([...replicas].map(async (replica) => replica.close()));
      await service.stop();
      await notifications.mailbox.close();
    },
  };
  return notifications;
}
