import { z } from 'zod';
import { signedIn } from '../kernel/access.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';

/** What a mail is about, as far as one can choose when to get it. */
export const NotificationKind = z.enum([
  'security',
  'memberships',
  'invitations',
  'expiry',
  'access_keys',
  'access_links',
  'partnerships',
  'account',
]);
export type NotificationKind = z.infer<typeof NotificationKind>;

/** At once, in one mail a day, or never. */
export const NotificationFrequency = z.enum(['immediate', 'daily', 'off']);
export type NotificationFrequency = z.infer<typeof NotificationFrequency>;

const about = (what: string) => NotificationFrequency.meta({ description: what });

export const NotificationPreferences = z
  .object({
    security: about(
      'Password, two-factor authentication, recovery codes, addresses, sign-ins from new places, blocked and locked ' +
        'users: always `immediate`, to every verified address',
    ),
    memberships: about('A role that somebody else gave you, changed or took from you'),
    invitations: about('Somebody accepted an invitation of yours'),
    expiry: about('A login token or access key of an account you own expires in 14, 7 or 1 days'),
    access_keys: about('An access key of an account you own was used from a new place'),
    access_links: about('An access link that you made or edited last was locked, or its mail not delivered'),
    partnerships: about(
      'What the other company did in a partnership of an account you own; a partner token that lapsed',
    ),
    account: about('Policy, billing details and modules of an account you own; its deletion and restoration'),
  })
  .meta({ id: 'NotificationPreferences' });
export type NotificationPreferences = z.infer<typeof NotificationPreferences>;

/** With the revision that its `ETag` shows. */
export const NotificationPreferencesRevision = NotificationPreferences.extend({ revision: z.number().int() });

const path = '/v1/users/me/notifications';

export const getNotificationPreferences = defineQuery({
  subject: 'notifications.v1.preferences.get',
  summary: 'When one is mailed, by what about',
  input: z.strictObject({}),
  output: NotificationPreferencesRevision,
  errors: [],
  access: signedIn('portal'),
  http: { method: 'GET', path, success: 200 },
});

export const updateNotificationPreferences = defineCommand({
  subject: 'notifications.v1.preferences.update',
  summary: 'Choose when to be mailed; kinds that are absent stay as they are',
  input: z.strictObject(NotificationPreferences.partial().shape),
  output: NotificationPreferencesRevision,
  errors: ['security_mail', 'precondition_failed'],
  access: signedIn('portal'),
  http: { method: 'PATCH', path, success: 200 },
});
