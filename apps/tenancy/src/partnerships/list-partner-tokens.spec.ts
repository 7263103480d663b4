import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AskOf, createPartnerToken, listPartnerTokens, updateAccount } from '@valetkey/contracts';
import { makePartnership, openCompany } from '../../test/partnerships.ts';
import { Tenancy, type Tenant } from '../../test/tenancy.ts';

const DAY_MS = 24 * 3_600_000;

let tenancy: Tenancy;
let provider: Tenant;
/** From the oldest: lapsed, active, disabled, revoked, deleted, pending. */
let [old, active, disabled, revoked, gone, fresh] = ['', '', '', '', '', ''];

beforeAll(async () => {
  tenancy = await Tenancy.start();
  provider = await openCompany(tenancy, 'partner', 'Provider');
  old = await make('The old bakery');
  tenancy.service.clock.advance(30 * DAY_MS);
  active = await partner('Hotel Aurora', 'active');
  disabled = await partner('Hotel Boreal', 'disabled');
  revoked = await partner('Café Central', 'revoked');
  gone = await partner('Hotel Deluxe', 'revoked');
  await tenancy.sql('UPDATE partnerships SET deleted = true WHERE id = $1', [gone]);
  fresh = await make('100% new_bakery');
});
afterAll(() => tenancy.stop());

async function make(clientName: string): Promise<string> {
  tenancy.service.clock.advance(1);
  const asked = { accountId: provider.accountId, clientName };
  return (await tenancy.ask(createPartnerToken, asked, provider.owner)).partnerToken.id;
}

async function partner(name: string, status: string): Promise<string> {
  tenancy.service.clock.advance(1);
  const id = await makePartnership(tenancy, provider, await openCompany(tenancy, 'client', name), ['devices.view']);
  await tenancy.sql('UPDATE partnerships SET status = $2 WHERE id = $1', [id, status]);
  return id;
}

async function seen(filter: Omit<AskOf<typeof listPartnerTokens>, 'accountId'>) {
  const { items } = await tenancy.ask(listPartnerTokens, { accountId: provider.accountId, ...filter }, provider.owner);
  return items.map(({ id }) => id);
}

describe('The list of partner tokens', () => {
  it('has the newest first, page by page, with those that have ended and without those that were deleted', async () => {
    const all = [fresh, revoked, disabled, active, old];
    expect(await seen({})).toEqual(all);
    const page = await tenancy.ask(listPartnerTokens, { accountId: provider.accountId, limit: 3 }, provider.owner);
    expect(page.items.map(({ id }) => id)).toEqual(all.slice(0, 3));
    expect(await seen({ cursor: page.nextCursor ?? '' })).toEqual(all.slice(3));
  });

  it('is filtered by status, as it is shown', async () => {
    expect(await seen({ status: 'pending' })).toEqual([fresh]);
    expect(await seen({ status: 'lapsed' })).toEqual([old]);
    expect(await seen({ status: 'active' })).toEqual([active]);
    expect(await seen({ status: 'disabled' })).toEqual([disabled]);
    expect(await seen({ status: 'revoked' })).toEqual([revoked]);
  });

  it('is searched by part of the client’s name, of the name it was given, and of the id', async () => {
    expect(await seen({ query: 'hotel' })).toEqual([disabled, active]);
    expect(await seen({ query: 'BAKERY' })).toEqual([fresh, old]);
    expect(await seen({ query: 'é c' })).toEqual([revoked]);
    expect(await seen({ query: active.slice(20) })).toEqual([active]);
    expect(await seen({ query: 'hotel', status: 'disabled' })).toEqual([disabled]);
    expect(await seen({ query: '0% new_b' })).toEqual([fresh]);
    expect(await seen({ query: 'new%b' })).toEqual([]);
    expect(await seen({ query: 'provider' })).toEqual([]);
  });

  it('finds a client by its new name, and no more by the old one', async () => {
    const client = await openCompany(tenancy, 'client', 'Maison Éclair');
    const id = await makePartnership(tenancy, provider, client, []);
    await tenancy.ask(updateAccount, { accountId: client.accountId, name: 'Pâtisserie' }, client.owner);
    expect(await seen({ query: 'pâtiss' })).toEqual([id]);
    expect(await seen({ query: 'éclair' })).toEqual([]);
    await tenancy.sql('DELETE FROM partnerships WHERE id = $1', [id]);
  });

  it('is no other tenant’s', async () => {
    const other = await openCompany(tenancy, 'partner', 'Other');
    expect(await tenancy.refusal(listPartnerTokens, { accountId: provider.accountId }, other.owner)).toBe('not_found');
    const { items } = await tenancy.ask(listPartnerTokens, { accountId: other.accountId }, other.owner);
    expect(items).toEqual([]);
  });
});
