import type { Scope } from '@valetkey/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Account } from '../accounts/account.entity.ts';
import { Group } from '../groups/group.entity.ts';
import { Organization } from '../organizations/organization.entity.ts';

/** A scope as it lies in its account. */
export interface Place extends Scope {
  name: string;
  /** Of an organization in a group. */
  groupId: string | null;
}

/** Where in an account a scope lies; nothing for one that the account does not have. */
export async function findPlace(em: EntityManager, account: Account, { type, id }: Scope): Promise<Place | undefined> {
  const there = { id, accountId: account.id };
  switch (type) {
    case 'account':
      return id === account.id ? { type, id, name: account.name, groupId: null } : undefined;
    case 'group': {
      const group = await em.findOne(Group, there);
      return group ? { type, id, name: group.name, groupId: null } : undefined;
    }
    case 'organization': {
      const organization = await em.findOne(Organization, there);
      return organization ? { type, id, name: organization.name, groupId: organization.group?.id ?? null } : undefined;
    }
  }
}
