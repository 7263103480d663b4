import { pause } from '@valetkey/observability';
import { onPool } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { PoolClient } from 'pg';

/** Any constant: one leader per database holds it. */
const LEADER_LOCK = 7_318_252;
const RETRY_MS = 500;

/**
 * Stands for leadership until stopped: holds a PostgreSQL advisory lock on a connection of its own, so that a crash
 * gives it up at once. `lead` runs while it is held, on that connection, so that who has lost it can do nothing more,
 * and must return when the signal aborts.
 */
export async function standForLeadership(
  em: EntityManager,
  stop: AbortSignal,
  lead: (connection: PoolClient, lost: AbortSignal) => Promise<void>,
  onError: (error: unknown) => void,
): Promise<void> {
  while (!stop.aborted) {
    try {
      await onPool(em, async (client) => {
        const lost = new AbortController();
        const lose = () => lost.abort();
        client.once('error', lose);
        client.once('end', lose);
        try {
          const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [
            LEADER_LOCK,
          ]);
          if (!rows[0]?.mine) return;
          await lead(client, AbortSignal.any([stop, lost.signal]));
          if (!lost.signal.aborted) await client.query(`SELECT pg_advisory_unlock(${LEADER_LOCK}); RESET ALL`);
        } finally {
          client.off('error', lose);
          client.off('end', lose);
        }
      });
    } catch (error) {
      onError(error);
    }
    await pause(RETRY_MS, stop);
  }
}
