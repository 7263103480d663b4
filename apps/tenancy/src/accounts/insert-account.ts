import { accountCreated, type ModuleName } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { insertMembership } from '../members/insert-membership.ts';

const DEFAULT_MODULES: readonly ModuleName[] = ['login_tokens'];

interface NewAccount {
  accountId: string;
  name: string;
  /** A user with a profile. */
  ownerId: string;
}

/** Opens an account with its owner and tells it; false when it is open already. */
export async function insertAccount(tx: Transaction, { accountId, name, ownerId }: NewAccount): Promise<boolean> {
  const { em, now, emit } = tx;
  const inserted = await sql(
    em,
    `INSERT INTO accounts (id, name, modules, version, revision, created_at) VALUES ($1, $2, $3, 1, 1, $4)
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [accountId, name, DEFAULT_MODULES, now],
  );
  if (inserted.length === 0) return false;
  const data = { name, ownerId, modules: [...DEFAULT_MODULES], tokenSessionLimit: null };
  emit(accountCreated, { id: accountId, accountId, sequence: 1, data });
  const scope = { type: 'account', id: accountId } as const;
  await insertMembership(tx, { accountId, userId: ownerId, scope, role: 'owner' });
  return true;
}
