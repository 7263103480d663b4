import {
  busVariables,
  type ConfigOf,
  databaseVariables,
  defineConfig,
  observabilityVariables,
  privateJwk,
  secret,
  url,
  wholeNumber,
} from '@valetkey/config';
import { z } from 'zod';

const sender = 'must be an address, with a name or without: Valetkey <no-reply@example.com>';

export const notificationsConfig = defineConfig(
  'notifications',
  z.object({
    ...busVariables,
    ...databaseVariables,
    ...observabilityVariables,
    PUBLIC_URL: url('http', 'https').describe(
      'Where the gateway is reached from outside: links in mails begin with it',
    ),
    SMTP_URL: secret(url('smtp', 'smtps'), 'The mail server, e.g. smtps://user:password@mail.example.com'),
    MAIL_FROM: z
      .string(sender)
      .regex(/^(?:[^<>@]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, sender)
      .describe('Who mails come from, e.g. Valetkey <no-reply@example.com>'),
    DIGEST_HOUR_UTC: wholeNumber(0, 23)
      .prefault('7')
      .describe('The hour of the day, in UTC, from which the daily digests are sent'),
    MAIL_PRIVATE_KEY: secret(privateJwk, 'The private key (a JWK as JSON) that opens what is sealed for a mail'),
  }),
);

export type NotificationsConfig = ConfigOf<typeof notificationsConfig>;

/** Injects the service's configuration. */
export const NOTIFICATIONS_CONFIG = Symbol('notifications:config');
