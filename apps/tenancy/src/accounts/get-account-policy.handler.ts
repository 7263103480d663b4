import { fail, getAccountPolicy, type InputOf } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Account, live } from './account.entity.ts';
import { policyView } from './policy-view.ts';

@Injectable()
export class GetAccountPolicyHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(getAccountPolicy)
  async get({ accountId }: InputOf<typeof getAccountPolicy>) {
    const account = await this.em.fork().findOne(Account, { id: accountId, ...live });
    return account ? policyView(account) : fail(getAccountPolicy, 'not_found');
  }
}
