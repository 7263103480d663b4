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
  /** When it has grown, what was found out of who they are is good no more. */
  epoch: number;
  /** By platform staff: they do not sign in. */
  isLocked: boolean;
}

interface OwnerRow {
  id: string;
  name: string;
  locale: string;
  password_hash: string;
  primary_email: string;
  epoch: number;
  is_locked: boolean;
}

const selectOwner = `SELECT u.id, u.name, u.locale, u.password_hash, u.epoch, u.locked_at IS NOT NULL AS is_locked,
    main.address AS primary_email
   FROM users u JOIN emails main ON main.user_id = u.id AND main.is_primary`;

/** @param address in lower case. */
export async function findOwner(em: EntityManager, address: string): Promise<Owner | undefined> {
  const text = `${selectOwner} JOIN emails typed ON typed.user_id = u.id
    WHERE typed.address = $1 AND typed.verified_at IS NOT NULL`;
  const [row] = await sql<OwnerRow>(em, text, [address]);
  return row && ownerOf(row);
}

/** The same by the user's id. */
export async function findOwnerById(em: EntityManager, id: string): Promise<Owner | undefined> {
  const [row] = await sql<OwnerRow>(em, `${selectOwner} WHERE u.id = $1`, [id]);
  return row && ownerOf(row);
}

function ownerOf({ password_hash: passwordHash, primary_email: primaryEmail, ...row }: OwnerRow): Owner {
  const { id, name, epoch, is_locked: isLocked } = row;
  return { id, name, locale: Locale.parse(row.locale), passwordHash, primaryEmail, epoch, isLocked };
}
