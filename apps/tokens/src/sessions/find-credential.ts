import type { CredentialState } from '@valetkey/contracts';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { credentialColumns, type CredentialRow, toCredentialState } from './credential-state.ts';
import { liveSessions } from './live-sessions.sql.ts';

/** The state of a live session, inside the transaction that opened or changed it. */
export async function findCredential(em: EntityManager, sessionId: string, now: Date): Promise<CredentialState> {
  await em.flush();
  const [row] = await sql<CredentialRow>(em, `SELECT ${credentialColumns} FROM ${liveSessions('$2')} AND s.id = $1`, [
    sessionId,
    now,
  ]);
  if (!row) throw new Error('A session just opened is not live');
  return toCredentialState(row);
}
