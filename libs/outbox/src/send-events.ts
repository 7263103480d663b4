import type { EventStream } from '@valetkey/messaging';
import type { PoolClient } from 'pg';

const BATCH = 500;

interface EventRow {
  id: string;
  message_id: string;
  entity: string;
  subject: string;
  body: string;
}

/**
 * Publishes one batch of unsent events and marks those with a PubAck. Events of one entity go one after another, and
 * none of it after a failed one; different entities go at once. Says how many were sent, and whether all were.
 */
export async function sendEvents(
  connection: PoolClient,
  stream: EventStream,
  now: Date,
): Promise<{ sent: number; more: boolean; error?: unknown }> {
  const { rows } = await connection.query<EventRow>(
    `SELECT id, message_id, entity, subject, body FROM outbox
      WHERE sent_at IS NULL AND kind = 'event' ORDER BY id LIMIT $1`,
    [BATCH],
  );
  if (rows.length === 0) return { sent: 0, more: false };
  const { sent, error } = await publishInOrder(rows, stream);
  if (sent.length > 0)
    await connection.query('UPDATE outbox SET sent_at = $2 WHERE id = ANY($1::bigint[])', [sent, now]);
  return { sent: sent.length, more: rows.length === BATCH, error };
}

async function publishInOrder(
  rows: readonly EventRow[],
  stream: EventStream,
): Promise<{ sent: string[]; error?: unknown }> {
  const sent: string[] = [];
  const chains = new Map<string, Promise<void>>();
  for (const row of rows) {
    const before = chains.get(row.entity) ?? Promise.resolve();
    const published = before.then(async () => {
      await stream.publish(row.subject, row.message_id, row.body);
      sent.push(row.id);
    });
    chains.set(row.entity, published);
  }
  const results = await Promise.allSettled(chains.values());
  const failed = results.find((result) => result.status === 'rejected');
  return { sent, ...(failed && { error: failed.reason }) };
}
