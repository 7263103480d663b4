import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { PartnershipRow } from './partnership-rows.ts';

/** Changes a partnership whose row is locked; its version grows by two, for an event on either side. */
export async function changePartnership(
  em: EntityManager,
  row: PartnershipRow,
  to: Partial<Pick<PartnershipRow, 'status' | 'deleted' | 'permissions'>>,
): Promise<PartnershipRow> {
  const changed = { ...row, ...to, version: row.version + 2, revision: row.revision + 1 };
  await sql(
    em,
    'UPDATE partnerships SET status = $2, deleted = $3, permissions = $4, version = $5, revision = $6 WHERE id = $1',
    [row.id, changed.status, changed.deleted, changed.permissions, changed.version, changed.revision],
  );
  return changed;
}
