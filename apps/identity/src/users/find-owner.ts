import { Locale } from '@valetkey/contracts';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** The user who has verified an address, as far as signing up and in need them. */
export interface Owner {
  id: string;
  name: string;
  locale: Locale;
  passwordHash: string;
  primaryEmail: string;
}

interface OwnerRow {
  id: string;
  name: string;
  locale: string;
  password_hash: string;
  primary_email: string;
}

/** @param address in lower case. */
export async function findOwner(em: EntityManager, address: string): Promise<Owner | undefined> {
  const [row] = await sql<OwnerRow>(
    em,
    `SELECT u.id, u.name, u.locale, u.password_hash, main.address AS primary_email
       FROM emails typed
       JOIN users u ON u.id = typed.user_id
       JOIN emails main ON main.user_id = u.id AND main.is_primary
      WHERE typed.address = $1 AND typed.verified_at IS NOT NULL`,
    [address],
  );
  if (!row) return undefined;
  const { id, name, locale, password_hash: passwordHash, primary_email: primaryEmail } = row;
  return { id, name, locale: Locale.parse(locale), passwordHash, primaryEmail };
}
