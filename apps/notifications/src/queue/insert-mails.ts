import type { RequestContext } from '@valetkey/contracts';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

export interface NewMail {
  mailId: string;
  template: string;
  sealed: string;
  /** After which it is no use any more. */
  expiresAt: Date;
  /** The account that it tells of. */
  accountId?: string;
}

/** Queues mails in the manager's transaction, but for those that are or were in the queue. */
export async function insertMails(
  em: EntityManager,
  mails: readonly NewMail[],
  { requestId, correlationId, traceparent }: Pick<RequestContext, 'requestId' | 'correlationId' | 'traceparent'>,
  now: Date,
): Promise<void> {
  for (const { mailId, template, sealed, expiresAt, accountId = null } of mails) {
    await sql(
      em,
      `INSERT INTO mails (id, version, template, status, sealed, attempts, due_at, expires_at, account_id,
                          request_id, correlation_id, traceparent, created_at)
       VALUES ($1, 0, $2, 'queued', $3, 0, $5, $4, $9, $6, $7, $8, $5) ON CONFLICT (id) DO NOTHING`,
      [mailId, template, sealed, expiresAt, now, requestId, correlationId, traceparent, accountId],
    );
  }
}
