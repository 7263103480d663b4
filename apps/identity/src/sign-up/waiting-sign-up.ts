import { Locale } from '@valetkey/contracts';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { waiting } from './waiting.sql.ts';

/** A sign-up that can still be verified. */
export interface WaitingSignUp {
  userId: string;
  accountId: string;
  accountName: string;
  email: string;
  name: string;
  locale: Locale;
  passwordHash: string;
}

interface Row {
  user_id: string;
  account_id: string;
  account_name: string;
  email: string;
  name: string;
  locale: string;
  password_hash: string;
}

const columns = 'user_id, account_id, account_name, email, name, locale, password_hash';

export async function findWaiting(
  em: EntityManager,
  secretHash: string,
  now: Date,
): Promise<WaitingSignUp | undefined> {
  const text = `SELECT ${columns} FROM sign_ups WHERE ${waiting} AND secret_hash = $2`;
  const [row] = await sql<Row>(em, text, [now, secretHash]);
  return row && viewOf(row);
}

/** Takes it away for good: of several who come with its secret at once, one gets it. */
export async function takeWaiting(
  em: EntityManager,
  secretHash: string,
  now: Date,
): Promise<WaitingSignUp | undefined> {
  const text = `DELETE FROM sign_ups WHERE ${waiting} AND secret_hash = $2 RETURNING ${columns}`;
  const [row] = await sql<Row>(em, text, [now, secretHash]);
  return row && viewOf(row);
}

function viewOf({ email, name, locale, ...row }: Row): WaitingSignUp {
  return {
    userId: row.user_id,
    accountId: row.account_id,
    accountName: row.account_name,
    email,
    name,
    locale: Locale.parse(locale),
    passwordHash: row.password_hash,
  };
}
