import { accessLinkLocked } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import type { ShownLink } from './shown-links.ts';

/** Wrong passwords and codes of one secret, wherever they came from. */
const MOST_WRONG_TRIES = 20;

const statement = `
  UPDATE access_links SET wrong_tries = wrong_tries + 1,
      status = CASE WHEN wrong_tries + 1 >= $3 THEN 'locked' ELSE status END,
      version = version + (wrong_tries + 1 >= $3)::int
    WHERE id = $1 AND secret_hash = $2 AND status = 'live'
    RETURNING status, version, account_id AS "accountId", user_id AS "userId", user_name AS "userName",
      edited_by_id AS "editorId"`;

interface Noted {
  status: 'live' | 'locked';
  version: number;
  accountId: string;
  userId: string;
  userName: string;
  editorId: string;
}

/**
 * Counts a wrong password or code of a link; the twentieth locks it and is told. False when it lives no more: of any number
 * at once no more than twenty learn that they were wrong.
 */
export async function noteWrongTry(tx: Transaction, { id, secretHash }: ShownLink): Promise<boolean> {
  const [noted] = await sql<Noted>(tx.em, statement, [id, secretHash, MOST_WRONG_TRIES]);
  if (noted?.status === 'locked') {
    const { accountId, version: sequence, userId, userName, editorId } = noted;
    tx.emit(accessLinkLocked, { id, accountId, sequence, data: { user: { id: userId, name: userName }, editorId } });
  }
  return noted !== undefined;
}
