import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  authorizePartnerUsers,
  deleteOrganization,
  getPartnerToken,
  leaveAccount,
  listPartnerTokenUsers,
  removeMembership,
} from '@valetkey/contracts';
import { partnershipEvents } from '../../test/partnership-events.ts';
import { makePartnership, openCompany } from '../../test/partnerships.ts';
import { type Member, Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let provider: Tenant;
let clients: Tenant[];
let partnerships: string[];
let max: Member;

beforeAll(async () => {
  tenancy = await Tenancy.start();
});
beforeEach(async () => {
  provider = await openCompany(tenancy, 'partner', 'Provider');
  clients = [await openCompany(tenancy, 'client', 'One'), await openCompany(tenancy, 'client', 'Two')];
  partnerships = [];
  for (const client of clients) partnerships.push(await makePartnership(tenancy, provider, client, ['devices.view']));
  max = await join('viewer');
  for (const id of partnerships) await authorize(id, [max.userId, provider.ownerId]);
});
afterAll(() => tenancy.stop());

const join = (role: 'viewer' | 'manager') =>
  tenancy.join(provider.accountId, { type: 'account', id: provider.accountId }, role);
const asked = (partnerTokenId: string) => ({ accountId: provider.accountId, partnerTokenId });
const authorizing = (id: string, userIds: string[]) =>
  tenancy.refusal(authorizePartnerUsers, { ...asked(id), userIds, permissions: ['devices.view'] }, provider.owner);
const remove = ({ membershipId }: Member) =>
  tenancy.ask(removeMembership, { accountId: provider.accountId, membershipId }, provider.owner);

async function authorize(id: string, userIds: string[]): Promise<void> {
  expect(await authorizing(id, userIds)).toBeUndefined();
}

/** Who is authorized in each partnership, and how many it says. */
async function authorized(): Promise<[string[], number][]> {
  return Promise.all(
    partnerships.map(async (id): Promise<[string[], number]> => {
      const { items } = await tenancy.ask(listPartnerTokenUsers, asked(id), provider.owner);
      const { users } = await tenancy.ask(getPartnerToken, asked(id), provider.owner);
      return [items.map(({ user }) => user.id), users];
    }),
  );
}

const revocationsOf = async (account: Tenant) =>
  (await partnershipEvents(tenancy, account.accountId)).filter(({ type }) => type.includes('partner-user.revoked'));

const both = [expect.anything(), expect.anything()];

describe('Somebody who is a member of the provider’s no more', () => {
  it('loses the grants in every client’s account, each of which is told', async () => {
    await remove(max);
    expect(await authorized()).toEqual(partnerships.map(() => [[provider.ownerId], 1]));
    expect(await revocationsOf(provider)).toEqual(both);
    for (const [n, client] of clients.entries()) {
      expect(await revocationsOf(client)).toMatchObject([
        {
          actor: `account:${provider.accountId}`,
          sequence: 4,
          data: { side: 'client', partnershipId: partnerships[n], user: { id: max.userId } },
        },
      ]);
    }
  });

  it('loses them by leaving', async () => {
    await tenancy.ask(leaveAccount, { accountId: provider.accountId }, max.caller);
    expect(await authorized()).toEqual(partnerships.map(() => [[provider.ownerId], 1]));
    expect(await revocationsOf(provider)).toMatchObject([
      { actor: `user:${max.userId}` },
      { actor: `user:${max.userId}` },
    ]);
  });

  it('loses them with the last organization they were in, not with the one before', async () => {
    const { accountId, owner } = provider;
    const organizations = [await tenancy.makeOrganization(accountId), await tenancy.makeOrganization(accountId)];
    for (const id of organizations) {
      await tenancy.join(accountId, { type: 'organization', id }, 'viewer', { userId: max.userId });
    }
    await remove(max);
    const [first = '', last = ''] = organizations;
    await tenancy.ask(deleteOrganization, { accountId, organizationId: first }, owner);
    expect(await revocationsOf(provider)).toEqual([]);
    expect((await authorized()).map(([, users]) => users)).toEqual([2, 2]);
    await tenancy.ask(deleteOrganization, { accountId, organizationId: last }, owner);
    expect(await revocationsOf(provider)).toEqual(both);
    expect((await authorized()).map(([, users]) => users)).toEqual([1, 1]);
  });

  it('keeps what another provider lets them do', async () => {
    const other = await openCompany(tenancy, 'partner', 'Other');
    await tenancy.join(other.accountId, { type: 'account', id: other.accountId }, 'viewer', { userId: max.userId });
    const [client = other] = clients;
    const id = await makePartnership(tenancy, other, client, ['devices.view']);
    const asked = { accountId: other.accountId, partnerTokenId: id };
    const granted = { ...asked, userIds: [max.userId], permissions: ['devices.view'] };
    await tenancy.ask(authorizePartnerUsers, granted, other.owner);
    await remove(max);
    const { items } = await tenancy.ask(listPartnerTokenUsers, asked, other.owner);
    expect(items.map(({ user }) => user.id)).toEqual([max.userId]);
  });

  it('is never authorized at the same moment', async () => {
    const others = await Promise.all(Array.from({ length: 5 }, () => join('viewer')));
    const [id = ''] = partnerships;
    const answers = await Promise.all(
      others.flatMap((other) => [authorizing(id, [other.userId]), remove(other).then(() => undefined)]),
    );
    expect(answers.filter((code) => code !== undefined && code !== 'not_a_member')).toEqual([]);
    expect(await authorized()).toMatchObject([
      [expect.arrayContaining([max.userId, provider.ownerId]), 2],
      [expect.anything(), 2],
    ]);
  });
});
