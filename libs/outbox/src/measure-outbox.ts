import type { Metrics } from '@valetkey/observability';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

export async function measureOutbox(em: EntityManager, metrics: Metrics, now: Date): Promise<void> {
  const [row] = await sql<{ unsent: string; oldest: string | null }>(
    em,
    'SELECT count(*) AS unsent, min(created_at) AS oldest FROM outbox WHERE sent_at IS NULL',
  );
  metrics.outboxUnsent.set(Number(row?.unsent ?? 0));
  metrics.outboxLag.set(row?.oldest ? Math.max(0, (now.getTime() - new Date(row.oldest).getTime()) / 1000) : 0);
}
