import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '@valetkey/persistence';

export interface OutboxRow {
  kind: 'event' | 'command';
  messageId: string;
  /** `<entity>:<id>`: rows of one entity leave one after another. */
  entity: string;
  subject: string;
  body: string;
  context?: string;
}

/** The last statement before the commit, so that numbers of one entity follow its commits. */
export async function insertRows(em: EntityManager, rows: readonly OutboxRow[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  const column = <K extends keyof OutboxRow>(name: K) => rows.map((row) => row[name] ?? '');
  await sql(
    em,
    `INSERT INTO outbox (kind, message_id, entity, subject, body, context, created_at)
     SELECT kind, message_id, entity, subject, body, nullif(context, ''), $7
       FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[])
            WITH ORDINALITY AS row (kind, message_id, entity, subject, body, context, place)
      ORDER BY place`,
    [column('kind'), column('messageId'), column('entity'), column('subject'), column('body'), column('context'), now],
  );
}
