import type { SessionState } from '@valetkey/contracts';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { credentialColumns, type CredentialRow, toCredentialState } from './credential-state.ts';
import { liveSessions } from './live-sessions.sql.ts';

/** The state of a session as the transaction has it, while it is live. */
export async function findCredential(em: EntityManager, id: string, now: Date): Promise<SessionState | undefined> {
  await em.flush();
  const statement = `SELECT ${credentialColumns} FROM ${liveSessions('$2')} AND s.id = $1`;
  const [row] = await sql<CredentialRow>(em, statement, [id, now]);
  return row && toCredentialState(row);
}
