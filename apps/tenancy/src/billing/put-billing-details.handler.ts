import { accountBillingChanged, fail, type InputOf, matchingRevisions, putBillingDetails } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { mayStill } from '../access/may-still.ts';
import { changesBetween } from '../accounts/changes-between.rules.ts';
import { lockAccount } from '../accounts/lock-account.ts';
import { BillingDetails } from './billing-details.entity.ts';
import { billingView } from './billing-view.ts';

@Injectable()
export class PutBillingDetailsHandler {
  constructor(private readonly outbox: Outbox) {}

  /** Under the account's lock, so the revision is still the one that was compared. */
  @Handles(putBillingDetails)
  async put({ accountId, ...wanted }: InputOf<typeof putBillingDetails>, context: HandlerContext) {
    return this.outbox.transactional(context, async ({ em, emit }) => {
      const account = await lockAccount(em, accountId);
      if (!account) return fail(putBillingDetails, 'not_found');
      if (!(await mayStill(em, putBillingDetails, context, accountId))) return fail(putBillingDetails, 'forbidden');
      const present = await em.findOne(BillingDetails, accountId);
      const { revision, ...before } = billingView(present);
      if (matchingRevisions(context.ifMatch)?.includes(revision) === false)
        return fail(putBillingDetails, 'precondition_failed');
      const fields = changesBetween(before, wanted).map(({ field }) => ({ field }));
      if (fields.length === 0) return { ...wanted, revision };
      const after = { accountId, ...wanted, revision: revision + 1 };
      await em.upsert(BillingDetails, after);
      account.version += 1;
      const data = { accountName: account.name, changes: fields };
      emit(accountBillingChanged, { id: accountId, accountId, sequence: account.version, data });
      return after;
    });
  }
}
