import type { MailContent } from '@valetkey/contracts';
import { makeSecret } from '@valetkey/credentials';
import { waitUntil } from '@valetkey/testing/stack';
import { v7 as uuidv7 } from 'uuid';
import type { TestNotifications } from './start-notifications.ts';

let number = 0;

/** An address that nobody else has. */
export function anAddress(): string {
  number += 1;
  return `somebody-${number}@example.com`;
}

export function aVerification(to = anAddress()): Extract<MailContent, { template: 'verification' }> {
  return { template: 'verification', to, locale: 'en', secret: makeSecret('vkv'), verificationId: uuidv7() };
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
