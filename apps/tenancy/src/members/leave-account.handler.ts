import { fail, type InputOf, leaveAccount } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { callerOf } from '../access/caller-of.ts';
import { lockAccount } from '../accounts/lock-account.ts';
import { Membership } from './membership.entity.ts';
import { removeMemberships } from './remove-memberships.ts';

@Injectable()
export class LeaveAccountHandler {
  constructor(private readonly outbox: Outbox) {}

  /** Of owners who leave at once, the account's lock makes one the last. */
  @Handles(leaveAccount)
  async leave({ accountId }: InputOf<typeof leaveAccount>, context: HandlerContext) {
    const userId = callerOf(context).subject.id;
    return this.outbox.transactional(context, async (tx) => {
      if (!(await lockAccount(tx.em, accountId))) return fail(leaveAccount, 'not_found');
      if (await isLastOwner(tx.em, accountId, userId)) return fail(leaveAccount, 'last_owner');
      const ended = await removeMemberships(tx, accountId, { where: 'm.user_id = $2', values: [userId] });
      return ended.length > 0 ? {} : fail(leaveAccount, 'not_found');
    });
  }
}

async function isLastOwner(em: EntityManager, accountId: string, userId: string): Promise<boolean> {
  const owners = await em.find(Membership, { account: accountId, role: 'owner' }, { limit: 2 });
  return owners.length === 1 && owners[0]?.user.userId === userId;
}
