import { fail, getAccountAsOperator, Id, type InputOf, restoreAccount, setModules } from '@valetkey/contracts';
import { Finds, Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Account } from '../accounts/account.entity.ts';
import { operatorAccountView } from './operator-account-view.ts';

@Injectable()
export class GetAccountAsOperatorHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(getAccountAsOperator)
  async get({ accountId }: InputOf<typeof getAccountAsOperator>) {
    const account = await this.find(accountId);
    return account ? operatorAccountView(account) : fail(getAccountAsOperator, 'not_found');
  }

  @Finds(setModules, restoreAccount)
  async exists(input: Record<string, unknown>) {
    return (await this.find(Id.parse(input['accountId']))) !== null;
  }

  private async find(accountId: string): Promise<Account | null> {
    return this.em.fork().findOne(Account, accountId);
  }
}
