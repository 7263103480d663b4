import type { Scope } from '@valetkey/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Account, live } from '../accounts/account.entity.ts';
import { Group } from '../groups/group.entity.ts';
import { Organization } from '../organizations/organization.entity.ts';

/** The id of the account in which a scope lies; nothing for a scope that does not exist, or lies in a deleted account. */
export async function accountOfScope(em: EntityManager, scope: Scope): Promise<string | undefined> {
  const id = await holderOf(em, scope);
  if (id === undefined) return undefined;
  return (await em.findOne(Account, { id, ...live }))?.id;
}

async function holderOf(em: EntityManager, { type, id }: Scope): Promise<string | undefined> {
  switch (type) {
    case 'account':
      return id;
    case 'group':
      return (await em.findOne(Group, id))?.accountId;
    case 'organization':
      return (await em.findOne(Organization, id))?.accountId;
  }
}
