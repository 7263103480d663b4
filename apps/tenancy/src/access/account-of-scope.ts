import type { Scope } from '@valetkey/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Account } from '../accounts/account.entity.ts';
import { Group } from '../groups/group.entity.ts';
import { Organization } from '../organizations/organization.entity.ts';

/** The id of the account in which a scope lies; nothing for a scope that does not exist. */
export async function accountOfScope(em: EntityManager, { type, id }: Scope): Promise<string | undefined> {
  switch (type) {
    case 'account':
      return (await em.findOne(Account, id))?.id;
    case 'group':
      return (await em.findOne(Group, id))?.accountId;
    case 'organization':
      return (await em.findOne(Organization, id))?.accountId;
  }
}
