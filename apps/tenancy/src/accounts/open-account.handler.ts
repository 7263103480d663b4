import { accountCreated, type InputOf, type ModuleName, openAccount } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { insertMembership } from '../members/insert-membership.ts';
import { keepNewer } from '../profiles/keep-newer.ts';

const DEFAULT_MODULES: readonly ModuleName[] = ['login_tokens'];

@Injectable()
export class OpenAccountHandler {
  constructor(private readonly outbox: Outbox) {}

  /** Whoever comes second waits for the first and finds the account open. */
  @Handles(openAccount)
  async open(input: InputOf<typeof openAccount>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      if (await insertAccount(tx, input)) {
        const { accountId, owner } = input;
        await keepNewer(tx.em, owner);
        await insertMembership(tx, {
          accountId,
          userId: owner.userId,
          scope: { type: 'account', id: accountId },
          role: 'owner',
        });
      }
      return {};
    });
  }
}

async function insertAccount({ em, now, emit }: Transaction, input: InputOf<typeof openAccount>): Promise<boolean> {
  const { accountId, accountName: name, owner } = input;
  const inserted = await sql(
    em,
    `INSERT INTO accounts (id, name, modules, version, revision, created_at) VALUES ($1, $2, $3, 1, 1, $4)
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [accountId, name, DEFAULT_MODULES, now],
  );
  if (inserted.length === 0) return false;
  const data = { name, ownerId: owner.userId, modules: [...DEFAULT_MODULES], tokenSessionLimit: null };
  emit(accountCreated, { id: accountId, accountId, sequence: 1, data });
  return true;
}
