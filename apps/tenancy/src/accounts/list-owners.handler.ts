import { fail, type InputOf, listOwners } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Membership } from '../members/membership.entity.ts';
import { Account } from './account.entity.ts';

@Injectable()
export class ListOwnersHandler {
  constructor(private readonly em: EntityManager) {}

  /** Of a deleted account too: its owners are written to about that. */
  @Handles(listOwners)
  async list({ accountId }: InputOf<typeof listOwners>) {
    const em = this.em.fork();
    const account = await em.findOne(Account, accountId);
    if (!account) return fail(listOwners, 'not_found');
    const owners = await em.find(Membership, { account: accountId, role: 'owner' }, { orderBy: { id: 'asc' } });
    return { accountName: account.name, userIds: owners.map(({ user }) => user.userId) };
  }
}
