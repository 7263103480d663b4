import { accessKeyExpiring, loginTokenExpiring } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql, timeOf } from '@valetkey/persistence';
import { dueReminder, nextReminder } from '../lent/reminders.rules.ts';
import { BATCH } from './batch.ts';

interface Due {
  id: string;
  accountId: string;
  name: string;
  version: number;
  expiresAt: string | null;
  /** Not one that was never worked out, nor of what was used up or has expired. */
  isMeant: boolean;
}

const due = (table: string) => `
  SELECT id, account_id AS "accountId", name, version, expires_at AS "expiresAt",
      status NOT IN ('used', 'expired') AND remind_at > 'epoch' AS "isMeant"
    FROM ${table} WHERE remind_at <= $1 ORDER BY remind_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;

const putOff = (table: string) => `
  UPDATE ${table} lent SET remind_at = given.next, version = given.version
    FROM jsonb_to_recordset($1::jsonb) AS given (id uuid, next timestamptz, version int) WHERE lent.id = given.id`;

/**
 * Tells of what expires soon, and notes when to do so next: both in one transaction, on rows that it has locked, so that
 * a reminder is given once. Several that have come due while nobody looked are one, the nearest to the end.
 */
async function remind(
  { em, now, emit }: Transaction,
  table: 'login_tokens' | 'access_keys',
  event: typeof loginTokenExpiring | typeof accessKeyExpiring,
): Promise<number> {
  const rows = await sql<Due>(em, due(table), [now]);
  const given = rows.map(({ id, accountId, name, version, expiresAt: column, isMeant }) => {
    const expiresAt = column === null ? null : timeOf(column);
    const next = nextReminder(expiresAt, now);
    const daysLeft = isMeant ? dueReminder(expiresAt, now) : undefined;
    if (!expiresAt || !daysLeft) return { id, next, version };
    const data = { name, expiresAt: expiresAt.toISOString(), daysLeft };
    emit(event, { id, accountId, sequence: version + 1, data });
    return { id, next, version: version + 1 };
  });
  if (given.length > 0) await sql(em, putOff(table), [JSON.stringify(given)]);
  return rows.length;
}

export const remindOfLoginTokens = (tx: Transaction) => remind(tx, 'login_tokens', loginTokenExpiring);
export const remindOfAccessKeys = (tx: Transaction) => remind(tx, 'access_keys', accessKeyExpiring);
