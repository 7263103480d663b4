import { type Caller, type InputOf, listAccounts } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { pageOfRows, sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { callerOf } from '../access/caller-of.ts';
import { containing } from '../search/containing.ts';
import { Account, live } from './account.entity.ts';
import { accountView } from './account-view.ts';

@Injectable()
export class ListAccountsHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(listAccounts)
  async list({ query, limit, cursor }: InputOf<typeof listAccounts>, context: HandlerContext) {
    const em = this.em.fork();
    const own = { id: { $in: await accountsOf(em, callerOf(context)) } };
    const matching = { ...(query && { name: containing(query) }), ...(cursor && { id: { $lt: cursor } }) };
    const where = { $and: [own, live, matching] };
    const rows = await em.find(Account, where, { orderBy: { id: 'desc' }, limit: limit + 1 });
    return pageOfRows(rows, limit, accountView);
  }
}

/** A user’s by memberships; of whoever else asks, the one in which they stand. */
async function accountsOf(em: EntityManager, { subject, accountId }: Caller): Promise<string[]> {
  if (subject.type !== 'user') return accountId ? [accountId] : [];
  const rows = await sql<{ account_id: string }>(em, 'SELECT DISTINCT account_id FROM memberships WHERE user_id = $1', [
    subject.id,
  ]);
  return rows.map((row) => row.account_id);
}
