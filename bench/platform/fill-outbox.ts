import { randomUUID } from 'node:crypto';
import { monotonicMs } from '../harness/monotonic.ts';
import { withClient } from '../harness/with-client.ts';

/** Copies of the newest event of an opened session, each of an entity of its own, under one request id. */
const COPY_EVENT = `
  INSERT INTO outbox (kind, message_id, entity, subject, body, created_at)
  SELECT kind, copy, 'session:' || copy, subject,
         (body::jsonb || jsonb_build_object('id', copy, 'subject', copy, 'requestid', $2::text))::text, created_at
    FROM unnest($1::uuid[]) AS copy,
         (SELECT * FROM outbox WHERE subject LIKE 'access.v1.%.session.opened' ORDER BY id DESC LIMIT 1) AS model`;

/** Puts events into the tokens service's outbox in one transaction. Answers when it was committed, on the monotonic clock. */
export async function fillOutbox(databaseUrl: string, count: number, requestId: string): Promise<number> {
  const ids = Array.from({ length: count }, () => randomUUID());
  const { rowCount } = await withClient(databaseUrl, (client) => client.query(COPY_EVENT, [ids, requestId]));
  const committedAt = monotonicMs();
  if (rowCount !== count)
    throw new Error(`Only ${rowCount} of ${count} events were written: no session was opened before`);
  return committedAt;
}
