import { generateKeyPairSync } from 'node:crypto';
import { readConfig } from '@valetkey/config';
import { type InputOf, isVerificationWanted, type MailContent, sendMail } from '@valetkey/contracts';
import { sealFor } from '@valetkey/credentials';
import type { Bus } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { startTestService, type TestService } from '@valetkey/testing';
import { type Mailbox, startMailbox } from '@valetkey/testing/stack';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { notificationsConfig } from '../src/notifications.config.ts';
import { NotificationsModule } from '../src/notifications.module.ts';

const DAY_MS = 24 * 3_600_000;

export interface Order {
  mailId?: string;
  content: MailContent;
  /** From now; a day by default. */
  lifetimeMs?: number;
}

/** Notifications on real stores and a real SMTP server, with an identity that wants every mail. */
export interface TestNotifications extends TestService {
  readonly database: Client;
  /** Sent to it, or to what took its place on its port. */
  mailbox: Mailbox;
  /** As identity answers. */
  isWanted: (input: InputOf<typeof isVerificationWanted>) => unknown;
  /** Orders a mail in identity's name; its id. */
  order(order: Order): Promise<string>;
  /** Starts a further process of the service, as far as one process can tell; answers how to stop it. */
  startReplica(): Promise<() => Promise<void>>;
}

export async function startNotifications(): Promise<TestNotifications> {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const mailbox = await startMailbox();
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
    neighbours: [
      {
        contract: isVerificationWanted,
        answer: (input: InputOf<typeof isVerificationWanted>) => notifications.isWanted(input),
      },
    ],
  });
  const database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
  const identity: Bus = await service.as('identity');
  const replicas = new Set<INestApplicationContext>();
  const notifications: TestNotifications = {
    ...service,
    database,
    mailbox,
    isWanted: () => ({ wanted: true }),
    order: async ({ mailId = uuidv7(), content, lifetimeMs = DAY_MS }) => {
      const sealed = await sealFor(publicKey.export({ format: 'jwk' }), content);
      const expiresAt = new Date(service.clock.now().getTime() + lifetimeMs).toISOString();
      const { template } = content;
      await identity.ask(sendMail, { mailId, template, sealed, expiresAt }, service.context());
      return mailId;
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
      return async () => {
        replicas.delete(replica);
        await replica.close();
      };
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
