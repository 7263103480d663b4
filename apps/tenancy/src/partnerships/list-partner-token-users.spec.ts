import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AskOf, authorizePartnerUsers, listPartnerTokenUsers } from '@valetkey/contracts';
import { makePartnership, openCompany } from '../../test/partnerships.ts';
import { portalOf, Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let provider: Tenant;
let id: string;
let [max, eva, ida] = ['', '', ''];

beforeAll(async () => {
  tenancy = await Tenancy.start();
  provider = await openCompany(tenancy, 'partner', 'Provider');
  id = await makePartnership(tenancy, provider, await openCompany(tenancy, 'client', 'Client'), ['devices.view']);
  max = await authorize('Max Mustermann');
  eva = await authorize('Eva Quixote');
  ida = await authorize('Ida');
});
afterAll(() => tenancy.stop());

const one = () => ({ accountId: provider.accountId, partnerTokenId: id });

/** A new member, who is authorized. */
async function authorize(name: string): Promise<string> {
  const { accountId, owner } = provider;
  const { userId } = await tenancy.join(accountId, { type: 'account', id: accountId }, 'viewer', { name });
  await tenancy.ask(authorizePartnerUsers, { ...one(), userIds: [userId], permissions: ['devices.view'] }, owner);
  return userId;
}

async function seen(filter: Omit<AskOf<typeof listPartnerTokenUsers>, keyof ReturnType<typeof one>> = {}) {
  const { items } = await tenancy.ask(listPartnerTokenUsers, { ...one(), ...filter }, provider.owner);
  return items.map(({ user }) => user.id);
}

describe('The list of a partnership’s users', () => {
  it('has the newest first, page by page', async () => {
    expect(await seen()).toEqual([ida, eva, max]);
    const page = await tenancy.ask(listPartnerTokenUsers, { ...one(), limit: 2 }, provider.owner);
    expect(page.items.map(({ user }) => user.id)).toEqual([ida, eva]);
    expect(await seen({ cursor: page.nextCursor ?? '' })).toEqual([max]);
  });

  it('is searched by part of the name, never by an address or an id', async () => {
    expect(await seen({ query: 'QUIX' })).toEqual([eva]);
    expect(await seen({ query: 'ma' })).toEqual([max]);
    expect(await seen({ query: '@acme' })).toEqual([]);
    expect(await seen({ query: eva })).toEqual([]);
  });

  it('is for viewers of the provider’s account, and not found for another account', async () => {
    const viewer = { ...portalOf(eva, provider.accountId, 'viewer'), modules: ['partner' as const] };
    expect(await tenancy.refusal(listPartnerTokenUsers, one(), viewer)).toBeUndefined();
    const stranger = await openCompany(tenancy, 'partner', 'Stranger');
    const elsewhere = { ...one(), accountId: stranger.accountId };
    expect(await tenancy.refusal(listPartnerTokenUsers, elsewhere, stranger.owner)).toBe('not_found');
  });
});
