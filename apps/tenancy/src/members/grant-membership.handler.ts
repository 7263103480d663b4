import { fail, grantMembership, type InputOf } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { accountOfScope } from '../access/account-of-scope.ts';
import { lockAccount } from '../accounts/lock-account.ts';
import { keepNewer } from '../profiles/keep-newer.ts';
import { insertMembership } from './insert-membership.ts';
import { Membership } from './membership.entity.ts';

@Injectable()
export class GrantMembershipHandler {
  constructor(private readonly outbox: Outbox) {}

  /** Who has a role in the scope keeps it: another one is a change, not a grant. */
  @Handles(grantMembership)
  async grant({ accountId, user, scope, role }: InputOf<typeof grantMembership>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      if (!(await lockAccount(tx.em, accountId))) return fail(grantMembership, 'not_found');
      if ((await accountOfScope(tx.em, scope)) !== accountId) return fail(grantMembership, 'not_found');
      await keepNewer(tx.em, user);
      const { userId } = user;
      const made = await insertMembership(tx, { accountId, userId, scope, role });
      if (made) return { membershipId: made.id };
      const present = await tx.em.findOneOrFail(Membership, { user: userId, account: accountId, scopeId: scope.id });
      return { membershipId: present.id };
    });
  }
}
