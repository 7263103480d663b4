import { AccessEventEnvelope } from '@valetkey/contracts';
import type { Client } from 'pg';

/** The events of an entity that were written to the outbox, in order, as `type` and `data` and who acted. */
export async function toldEvents(database: Client, entity: string): Promise<Partial<AccessEventEnvelope>[]> {
  const { rows } = await database.query<{ body: string }>(
    `SELECT body FROM outbox WHERE kind = 'event' AND entity = $1 ORDER BY id`,
    [entity],
  );
  return rows.map(({ body }) => {
    const { type, actor, sequence, data } = AccessEventEnvelope.parse(JSON.parse(body));
    return { type, actor, sequence, data };
  });
}
