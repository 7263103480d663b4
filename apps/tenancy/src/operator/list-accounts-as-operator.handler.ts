import { type InputOf, listAccountsAsOperator } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { pageOfRows } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Account } from '../accounts/account.entity.ts';
import { accountView } from '../accounts/account-view.ts';
import { containing } from '../search/containing.ts';

@Injectable()
export class ListAccountsAsOperatorHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(listAccountsAsOperator)
  async list({ query, limit, cursor }: InputOf<typeof listAccountsAsOperator>) {
    const where = { ...(query && { name: containing(query) }), ...(cursor && { id: { $lt: cursor } }) };
    const rows = await this.em.fork().find(Account, where, { orderBy: { id: 'desc' }, limit: limit + 1 });
    return pageOfRows(rows, limit, accountView);
  }
}
