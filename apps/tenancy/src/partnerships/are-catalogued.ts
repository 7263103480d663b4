import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** Whether the catalogue has each of these permissions, which are named once. */
export async function areCatalogued(em: EntityManager, permissions: readonly string[]): Promise<boolean> {
  const known = await sql(em, 'SELECT 1 FROM permissions WHERE name = ANY($1::text[])', [permissions]);
  return known.length === permissions.length;
}
