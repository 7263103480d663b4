import type { ModuleName } from '@valetkey/contracts';
import { sql, type SqlValue } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** The account at one of its versions, as an event tells it. */
interface AccountVersion {
  id: string;
  sequence: number;
}

/** Keeps the account's limit unless a newer one is kept. The row is locked either way. */
export function keepLimit(em: EntityManager, account: AccountVersion, limit: number | null): Promise<boolean> {
  return keep(em, 'limit_version', account, { token_session_limit: limit });
}

/** Keeps which modules are on unless a newer event has told it; whether this one was the newest. */
export function keepModules(em: EntityManager, account: AccountVersion, modules: ModuleName[]): Promise<boolean> {
  return keep(em, 'modules_version', account, { modules });
}

/** Keeps how long portal sessions live there, in minutes and hours; the sweep adjusts those that do. */
export function keepPolicy(
  em: EntityManager,
  account: AccountVersion,
  { portalIdleMinutes, portalMaxHours }: { portalIdleMinutes: number; portalMaxHours: number },
): Promise<boolean> {
  const lengths = { portal_idle_minutes: portalIdleMinutes, portal_max_hours: portalMaxHours };
  return keep(em, 'policy_version', account, { ...lengths, policy_pending: true });
}

/** Keeps whether the account is deleted, unless a newer event has told it; whether this one was the newest. */
export function keepDeleted(em: EntityManager, account: AccountVersion, deleted: boolean): Promise<boolean> {
  return keep(em, 'deleted_version', account, { deleted });
}

/**
 * What one event tells has a version of its own, since another event tells something else: one that comes late, after it
 * had to be tried again, must neither undo a newer one nor be lost to it.
 */
async function keep(
  em: EntityManager,
  version: string,
  { id, sequence }: AccountVersion,
  fields: Readonly<Record<string, SqlValue>>,
): Promise<boolean> {
  const columns = [version, ...Object.keys(fields)];
  const kept = await sql(
    em,
    `INSERT INTO accounts AS a (id, ${columns.join(', ')}) VALUES ($1, ${columns.map((_, at) => `$${at + 2}`).join(', ')})
     ON CONFLICT (id) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}
      WHERE a.${version} < excluded.${version}
     RETURNING id`,
    [id, sequence, ...Object.values(fields)],
  );
  return kept.length > 0;
}
