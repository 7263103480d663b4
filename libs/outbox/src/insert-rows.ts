import type { EntityManager } from '@mikro-orm/postgresql';
import { insertionOf, sql, type SqlValue } from '@valetkey/persistence';
import type { Transaction } from './transaction.ts';

export interface OutboxRow {
  kind: 'event' | 'command';
  messageId: string;
  /** `<entity>:<id>`: rows of one entity leave one after another. */
  entity: string;
  subject: string;
  body: string;
  context?: string;
}

/**
 * What a transaction inserts, in one statement. It is the last before the commit, so that numbers of one entity follow
 * its commits.
 */
export async function insertRows(em: EntityManager, { inserts, rows, now }: Transaction): Promise<void> {
  if (inserts.length + rows.length === 0) return;
  const values: SqlValue[] = [JSON.stringify(rows), now];
  const others = inserts.map(({ entity, row }, place) => {
    const insertion = insertionOf(em, entity, row, values.length + 1);
    values.push(...insertion.values);
    return `inserted_${place} AS (${insertion.text})`;
  });
  await sql(
    em,
    `${others.length > 0 ? `WITH ${others.join(', ')} ` : ''}
     INSERT INTO outbox (kind, message_id, entity, subject, body, context, created_at)
     SELECT kind, "messageId", entity, subject, body, context, $2
       FROM ROWS FROM (json_to_recordset($1::json)
              AS (kind text, "messageId" uuid, entity text, subject text, body text, context text)) WITH ORDINALITY
      ORDER BY ordinality`,
    values,
  );
}
