import { fail, getBillingDetails, type InputOf } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Account, live } from '../accounts/account.entity.ts';
import { BillingDetails } from './billing-details.entity.ts';
import { billingView } from './billing-view.ts';

@Injectable()
export class GetBillingDetailsHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(getBillingDetails)
  async get({ accountId }: InputOf<typeof getBillingDetails>) {
    const em = this.em.fork();
    if (!(await em.findOne(Account, { id: accountId, ...live }))) return fail(getBillingDetails, 'not_found');
    return billingView(await em.findOne(BillingDetails, accountId));
  }
}
