import { fail, getAccountAsOperator, Id, type InputOf, setModules } from '@valetkey/contracts';
import { Finds, Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Account } from '../accounts/account.entity.ts';
import { accountView } from '../accounts/account-view.ts';

@Injectable()
export class GetAccountAsOperatorHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(getAccountAsOperator)
  async get({ accountId }: InputOf<typeof getAccountAsOperator>) {
    const account = await this.find(accountId);
    return account ? accountView(account) : fail(getAccountAsOperator, 'not_found');
  }

  @Finds(setModules)
  async exists(input: Record<string, unknown>) {
    return (await this.find(Id.parse(input['accountId']))) !== null;
  }

  private async find(accountId: string): Promise<Account | null> {
    return this.em.fork().findOne(Account, accountId);
  }
}
