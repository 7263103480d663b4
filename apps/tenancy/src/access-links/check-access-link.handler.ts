import { checkAccessLink, fail, type InputOf } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { userGrants } from '../access/grants-now.ts';
import { mayLend } from '../access/may-lend.rules.ts';
import { Account, live } from '../accounts/account.entity.ts';
import { Profile } from '../profiles/profile.entity.ts';

@Injectable()
export class CheckAccessLinkHandler {
  constructor(private readonly em: EntityManager) {}

  /** A user's name is told of members only: who is none, nobody here has to know. */
  @Handles(checkAccessLink)
  async check({ accountId, makerId, userId }: InputOf<typeof checkAccessLink>) {
    const em = this.em.fork();
    const account = await em.findOne(Account, { id: accountId, ...live });
    if (!account) return fail(checkAccessLink, 'not_found');
    const maker = { userId: makerId, grants: await userGrants(em, makerId, accountId) };
    const user = { userId, grants: await userGrants(em, userId, accountId) };
    const isMember = user.grants.length > 0;
    return {
      accountName: account.name,
      userName: isMember ? (await em.findOneOrFail(Profile, userId)).name : '',
      allowed: mayLend(maker, user),
      isMember,
      makerIsOwner: maker.grants.some(({ role }) => role === 'owner'),
    };
  }
}
