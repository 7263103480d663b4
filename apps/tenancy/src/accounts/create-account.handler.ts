import { createAccount, fail, Failure, type InputOf } from '@valetkey/contracts';
import { EarlyAnswer, type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { callerOf } from '../access/caller-of.ts';
import { Account } from './account.entity.ts';
import { accountView } from './account-view.ts';
import { insertAccount } from './insert-account.ts';

/** Accounts that one user owns at most, by whatever way: deleted ones count until they are purged. */
export const MAX_OWNED = 100;

@Injectable()
export class CreateAccountHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(createAccount)
  async create({ name }: InputOf<typeof createAccount>, context: HandlerContext) {
    const ownerId = callerOf(context).subject.id;
    return this.outbox.transactional(context, async (tx) => {
      await lockProfile(tx.em, ownerId);
      if ((await countOwned(tx.em, ownerId)) >= MAX_OWNED) return fail(createAccount, 'too_many_accounts');
      const accountId = uuidv7({ msecs: tx.now.getTime() });
      await insertAccount(tx, { accountId, name, ownerId });
      return accountView(await tx.em.findOneOrFail(Account, accountId));
    });
  }
}

/** One user's creations take turns, so that no two count and then insert. Whose profile is still on its way comes again. */
async function lockProfile(em: EntityManager, userId: string): Promise<void> {
  const locked = await sql(em, 'SELECT 1 FROM profiles WHERE user_id = $1 FOR NO KEY UPDATE', [userId]);
  if (locked.length === 0) throw new EarlyAnswer(new Failure('unavailable', { retryAfter: 1 }));
}

async function countOwned(em: EntityManager, userId: string): Promise<number> {
  const [row] = await sql<{ owned: number }>(
    em,
    `SELECT count(*)::int AS owned FROM memberships WHERE user_id = $1 AND role = 'owner'`,
    [userId],
  );
  return row?.owned ?? 0;
}
