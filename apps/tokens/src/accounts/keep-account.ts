import type { ModuleName } from '@valetkey/contracts';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** The account at one of its versions, as an event tells it. */
interface AccountVersion {
  id: string;
  sequence: number;
}

/** Keeps the account's limit unless a newer one is kept. The row is locked either way. */
export function keepLimit(em: EntityManager, account: AccountVersion, limit: number | null): Promise<boolean> {
  return keep(em, 'token_session_limit', 'limit_version', account, limit);
}

/** Keeps which modules are on unless a newer event has told it; whether this one was the newest. */
export function keepModules(em: EntityManager, account: AccountVersion, modules: ModuleName[]): Promise<boolean> {
  return keep(em, 'modules', 'modules_version', account, modules);
}

/**
 * Each field has a version of its own, since an event tells some fields only: one that comes late, after it had to be
 * tried again, must neither undo a newer one nor be lost to it.
 */
async function keep(
  em: EntityManager,
  field: string,
  version: string,
  { id, sequence }: AccountVersion,
  value: number | null | string[],
): Promise<boolean> {
  const kept = await sql(
    em,
    `INSERT INTO accounts AS a (id, ${field}, ${version}) VALUES ($1, $2, $3)
     ON CONFLICT (id) DO UPDATE SET ${field} = excluded.${field}, ${version} = excluded.${version}
      WHERE a.${version} < excluded.${version}
     RETURNING id`,
    [id, value, sequence],
  );
  return kept.length > 0;
}
