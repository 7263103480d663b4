import { type InputOf, listAccountsAsOperator } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { pageOfRows } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Account } from '../accounts/account.entity.ts';
import { containing } from '../search/containing.ts';
import { operatorAccountView } from './operator-account-view.ts';

@Injectable()
export class ListAccountsAsOperatorHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(listAccountsAsOperator)
  async list({ query, status, limit, cursor }: InputOf<typeof listAccountsAsOperator>) {
    const where = {
      ...(query && { name: containing(query) }),
      ...(status && { deletedAt: status === 'active' ? null : { $ne: null } }),
      ...(cursor && { id: { $lt: cursor } }),
    };
    const rows = await this.em.fork().find(Account, where, { orderBy: { id: 'desc' }, limit: limit + 1 });
    return pageOfRows(rows, limit, operatorAccountView);
  }
}
