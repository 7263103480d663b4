import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** A link as its redemption needs it. */
export interface LinkRow {
  id: string;
  accountId: string;
  userId: string;
  emailId: string;
  secretHash: string;
  passwordHash: string | null;
  waiveTwoFactor: boolean;
  /** As text. */
  expiresAt: string;
  editedById: string;
  editedByName: string;
  /** Live, before its end, in an account that has not been deleted and has the module on. */
  opens: boolean;
}

const statement = `
  SELECT id, account_id AS "accountId", user_id AS "userId", email_id AS "emailId", secret_hash AS "secretHash",
      password_hash AS "passwordHash", waive_two_factor AS "waiveTwoFactor", expires_at AS "expiresAt",
      edited_by_id AS "editedById", edited_by_name AS "editedByName",
      status = 'live' AND expires_at > $2 AND EXISTS (SELECT 1 FROM accounts a
        WHERE a.id = account_id AND NOT a.deleted AND 'access_links' = ANY(a.modules)) AS opens
    FROM access_links WHERE secret_hash = $1`;

/** The link whose present secret this is, whatever has become of it. */
export async function linkOfSecret(em: EntityManager, secretHash: string, now: Date): Promise<LinkRow | undefined> {
  const [link] = await sql<LinkRow>(em, statement, [secretHash, now]);
  return link;
}
