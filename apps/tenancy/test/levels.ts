import type { Scope } from '@valetkey/contracts';
import type { Member, Tenancy, Tenant } from './tenancy.ts';

/** An account with a group, an organization inside it and one outside, and who manages what. */
export interface Levels extends Tenant {
  account: Scope;
  group: Scope;
  inside: Scope;
  outside: Scope;
  manager: Member;
  groupManager: Member;
  organizationManager: Member;
}

export async function openLevels(tenancy: Tenancy): Promise<Levels> {
  const tenant = await tenancy.openAccount();
  const { accountId } = tenant;
  const account: Scope = { type: 'account', id: accountId };
  const group: Scope = { type: 'group', id: await tenancy.makeGroup(accountId, 'North') };
  const unit = async (name: string, groupId?: string): Promise<Scope> => ({
    type: 'organization',
    id: await tenancy.makeOrganization(accountId, { name, groupId }),
  });
  const [inside, outside] = [await unit('North 1', group.id), await unit('South')];
  const manager = await tenancy.join(accountId, account, 'manager');
  const groupManager = await tenancy.join(accountId, group, 'manager');
  const organizationManager = await tenancy.join(accountId, inside, 'manager');
  return { ...tenant, account, group, inside, outside, manager, groupManager, organizationManager };
}
