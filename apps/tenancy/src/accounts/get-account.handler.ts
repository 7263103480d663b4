import { fail, getAccount, type InputOf } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Account, live } from './account.entity.ts';
import { accountView } from './account-view.ts';

@Injectable()
export class GetAccountHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(getAccount)
  async get({ accountId }: InputOf<typeof getAccount>) {
    const account = await this.em.fork().findOne(Account, { id: accountId, ...live });
    return account ? accountView(account) : fail(getAccount, 'not_found');
  }
}
