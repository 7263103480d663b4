import type { MailContent } from '@valetkey/contracts';
import { makeSecret } from '@valetkey/credentials';
import { waitUntil } from '@valetkey/testing/stack';
import { v7 as uuidv7 } from 'uuid';
import { anAddress } from './neighbours.ts';
import type { TestNotifications } from './start-notifications.ts';

/** What these mails announce. */
export const ANNOUNCED = uuidv7();

type Of<Template> = Extract<MailContent, { template: Template }>;

export function aVerification(to = anAddress()): Of<'verification'> {
  return { template: 'verification', to, locale: 'en', secret: makeSecret('vkv'), verificationId: ANNOUNCED };
}

export function aPasswordReset(to = anAddress()): Of<'password-reset'> {
  return { template: 'password-reset', to, name: 'Ada', locale: 'en', secret: makeSecret('vkr'), resetId: ANNOUNCED };
}

export function anInvitation(to = anAddress()): Of<'invitation'> {
  return {
    template: 'invitation',
    to,
    locale: 'en',
    secret: makeSecret('vki'),
    accountName: 'Acme',
    inviterName: 'Grace Hopper',
    role: 'viewer',
    expiresAt: '2026-03-08T12:00:00.000Z',
    invitationId: ANNOUNCED,
  };
}

export function anAccessLink(to = anAddress()): Of<'access-link'> {
  return {
    template: 'access-link',
    to,
    locale: 'en',
    secret: makeSecret('vka'),
    accountName: 'Acme',
    byName: 'Grace Hopper',
    expiresAt: '2026-03-08T12:00:00.000Z',
    hasPassword: true,
    accessLinkId: ANNOUNCED,
    secretNumber: 3,
  };
}

interface MailRow {
  status: string;
  reason: string | null;
  sealed: string | null;
  attempts: number;
  claimed: boolean;
}

async function mailRow({ database }: TestNotifications, mailId: string): Promise<MailRow | undefined> {
  const text = 'SELECT status, reason, sealed, attempts, claim IS NOT NULL AS claimed FROM mails WHERE id = $1';
  const { rows } = await database.query<MailRow>(text, [mailId]);
  return rows[0];
}

/** The row of a mail, once it is as the predicate says. */
export async function mailOnce(
  notifications: TestNotifications,
  mailId: string,
  predicate: (row: MailRow) => boolean,
): Promise<MailRow> {
  let last: MailRow | undefined;
  const found = await waitUntil(
    async () => {
      last = await mailRow(notifications, mailId);
      return last && predicate(last) ? last : undefined;
    },
    { timeoutMs: 10_000 },
  );
  if (!found) throw new Error(`The mail stayed ${JSON.stringify(last)}`);
  return found;
}

export const isSettled = ({ status }: MailRow): boolean => status !== 'queued';

/** Whether it was tried so often and has been put back. */
export function triedTimes(times: number): (row: MailRow) => boolean {
  return ({ attempts, claimed }) => attempts >= times && !claimed;
}
