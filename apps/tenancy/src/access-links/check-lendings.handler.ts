import { checkLendings, fail, type Grant, type InputOf } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { mayLend } from '../access/may-lend.rules.ts';
import { Account, live } from '../accounts/account.entity.ts';
import { grantOfMembership } from '../members/grant-of-membership.ts';
import { Membership } from '../members/membership.entity.ts';

type Input = InputOf<typeof checkLendings>;

@Injectable()
export class CheckLendingsHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(checkLendings)
  async check({ accountId, lendings }: Input) {
    const em = this.em.fork();
    if (!(await em.findOne(Account, { id: accountId, ...live }))) return fail(checkLendings, 'not_found');
    const grants = await grantsOfAll(em, { accountId, lendings });
    const memberOf = (userId: string) => ({ userId, grants: grants.get(userId) ?? [] });
    return {
      lendings: lendings.map(({ makerId, userId }) => {
        const user = memberOf(userId);
        return { allowed: mayLend(memberOf(makerId), user), isMember: user.grants.length > 0 };
      }),
    };
  }
}

/** What each of them, maker or user, holds in the account; who holds nothing is absent. */
async function grantsOfAll(em: EntityManager, { accountId, lendings }: Input): Promise<Map<string, Grant[]>> {
  const ids = new Set(lendings.flatMap(({ makerId, userId }) => [makerId, userId]));
  const held = await em.find(Membership, { user: { $in: [...ids] }, account: accountId });
  const grants = new Map<string, Grant[]>();
  for (const [userId, memberships] of Map.groupBy(held, ({ user }) => user.userId))
    grants.set(userId, memberships.map(grantOfMembership));
  return grants;
}
