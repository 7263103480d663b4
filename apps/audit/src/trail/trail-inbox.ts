import type { Inbox } from '@valetkey/access-events';
import type { Clock } from '@valetkey/observability';
import { takeUnhandled } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** The inbox forgets in time and the trail does not, so that a replay of the whole stream adds nothing to it. */
export function trailInbox(em: EntityManager, clock: Clock): Inbox<EntityManager> {
  return {
    transaction: (work) => em.fork().transactional(work),
    claim: async (tx, ids) => {
      const unhandled = await takeUnhandled(tx, ids, clock.now());
      const kept = await idsInTrail(tx, [...unhandled]);
      return new Set([...unhandled].filter((id) => !kept.has(id)));
    },
  };
}

async function idsInTrail(em: EntityManager, ids: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ id: string }>(em, 'SELECT id FROM entries WHERE id = ANY($1::uuid[])', [ids]);
  return new Set(rows.map(({ id }) => id));
}
