import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listReachableAccounts } from '@valetkey/contracts';
import { Tenancy } from '../../test/tenancy.ts';

let tenancy: Tenancy;

beforeAll(async () => {
  tenancy = await Tenancy.start();
});

afterAll(async () => {
  await tenancy.stop();
});

describe('the accounts one can stand in', () => {
  it('are those with a membership at any level, by name, each with its role', async () => {
    const own = await tenancy.openAccount('Zebra');
    const other = await tenancy.openAccount('Acme');
    const userId = own.ownerId;
    const organization = { type: 'organization', id: await tenancy.makeOrganization(other.accountId) } as const;
    const group = { type: 'group', id: await tenancy.makeGroup(other.accountId) } as const;
    await tenancy.join(other.accountId, organization, 'viewer', { userId });
    await tenancy.join(other.accountId, group, 'manager', { userId });
    expect(await tenancy.ask(listReachableAccounts, {}, own.owner)).toEqual([
      { account: { id: other.accountId, name: 'Acme' }, role: 'manager', via: 'membership' },
      { account: { id: own.accountId, name: 'Zebra' }, role: 'owner', via: 'membership' },
    ]);
  });
});
