import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  activatePartnerToken,
  deletePartner,
  deletePartnerToken,
  disablePartnerToken,
  getPartner,
  getPartnerToken,
  listPartners,
  listPartnerUsers,
} from '@valetkey/contracts';
import { partnershipActions, partnershipEvents } from '../../test/partnership-events.ts';
import { authorizeUser, makePartnership, openCompany } from '../../test/partnerships.ts';
import { portalOf, Tenancy, type Tenant } from '../../test/tenancy.ts';

const ceiling = ['devices.view'];

let tenancy: Tenancy;
let provider: Tenant;
let client: Tenant;
let partnerId: string;

beforeAll(async () => {
  tenancy = await Tenancy.start();
});
beforeEach(async () => {
  provider = await openCompany(tenancy, 'partner', 'Provider');
  client = await openCompany(tenancy, 'client', 'Client');
  partnerId = await makePartnership(tenancy, provider, client, ceiling);
});
afterAll(() => tenancy.stop());

const one = () => ({ accountId: client.accountId, partnerId });
const token = () => ({ accountId: provider.accountId, partnerTokenId: partnerId });
const revoke = () => tenancy.refusal(deletePartner, one(), client.owner);
const switched = (contract: typeof disablePartnerToken) => tenancy.refusal(contract, token(), provider.owner);

describe('A partnership that the client revokes', () => {
  it('has ended for both companies, and has no users any more', async () => {
    await authorizeUser(tenancy, partnerId, provider.ownerId, ceiling);
    expect(await revoke()).toBeUndefined();
    const ended = { id: partnerId, status: 'revoked', users: 0 };
    expect(await tenancy.ask(getPartner, one(), client.owner)).toMatchObject({ ...ended, revision: 2 });
    expect(await tenancy.ask(getPartnerToken, token(), provider.owner)).toMatchObject(ended);
    expect(await tenancy.ask(listPartnerUsers, one(), client.owner)).toEqual({ items: [], nextCursor: null });
  });

  it('is told to both, each its own side', async () => {
    await revoke();
    const type = 'dev.valetkey.partnership.revoked.v1';
    const { accountId, ownerId } = client;
    const ofProvider = { side: 'provider', accountName: 'Provider', counterpart: { id: accountId, name: 'Client' } };
    const ofClient = {
      side: 'client',
      accountName: 'Client',
      counterpart: { id: provider.accountId, name: 'Provider' },
    };
    expect(await partnershipEvents(tenancy, provider.accountId)).toMatchObject([
      { type, actor: `account:${accountId}`, sequence: 2, data: ofProvider },
    ]);
    expect(await partnershipEvents(tenancy, accountId)).toMatchObject([
      { type, actor: `user:${ownerId}`, sequence: 3, data: ofClient },
    ]);
  });

  it('may be a disabled one', async () => {
    await switched(disablePartnerToken);
    expect(await revoke()).toBeUndefined();
  });

  it('is revoked for good: neither company does anything with it but the provider, who may delete it', async () => {
    await revoke();
    expect(await revoke()).toBe('partnership_not_active');
    expect(await switched(activatePartnerToken)).toBe('partnership_not_active');
    expect(await tenancy.refusal(deletePartnerToken, token(), provider.owner)).toBeUndefined();
    expect(await tenancy.ask(getPartner, one(), client.owner)).toMatchObject({ status: 'revoked' });
    expect(await partnershipActions(tenancy, client.accountId)).toEqual(['partnership.revoked']);
  });

  it('is revoked by the client’s owner alone', async () => {
    const manager = { ...portalOf(client.ownerId, client.accountId, 'manager'), modules: ['client' as const] };
    expect(await tenancy.refusal(deletePartner, one(), manager)).toBe('forbidden');
    const stranger = await openCompany(tenancy, 'client', 'Stranger');
    const theirs = { accountId: stranger.accountId, partnerId };
    expect(await tenancy.refusal(deletePartner, theirs, stranger.owner)).toBe('not_found');
  });
});

describe('At once', () => {
  it('revoking while the partner disables and activates: revoked it stays', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      provider = await openCompany(tenancy, 'partner', 'Provider');
      partnerId = await makePartnership(tenancy, provider, client, ceiling);
      await switched(disablePartnerToken);
      const [, ...refusals] = await Promise.all([
        revoke(),
        switched(activatePartnerToken),
        switched(disablePartnerToken),
        switched(activatePartnerToken),
      ]);
      for (const code of refusals) expect([undefined, 'partnership_not_active']).toContain(code);
      expect(await tenancy.ask(getPartner, one(), client.owner)).toMatchObject({ status: 'revoked' });
      expect((await partnershipActions(tenancy, provider.accountId)).at(-1)).toBe('partnership.revoked');
    }
  });

  it('many revocations are one', async () => {
    const answers = await Promise.all([revoke(), revoke(), revoke(), revoke()]);
    expect(answers.filter((code) => code === undefined)).toHaveLength(1);
    expect(await partnershipActions(tenancy, client.accountId)).toEqual(['partnership.revoked']);
  });

  it('a revocation and a deletion: one of them ended it', async () => {
    await Promise.all([revoke(), tenancy.refusal(deletePartnerToken, token(), provider.owner)]);
    const [how, ...more] = await partnershipActions(tenancy, client.accountId);
    expect(['partnership.revoked', 'partnership.deleted']).toContain(how);
    expect(more).toEqual([]);
    expect(await tenancy.ask(getPartner, one(), client.owner)).toMatchObject({ status: 'revoked' });
    expect(await tenancy.refusal(getPartnerToken, token(), provider.owner)).toBe('not_found');
  });
});

describe('The client’s partners', () => {
  const list = (filter: { status?: 'active' | 'disabled' | 'revoked'; query?: string; limit?: number } = {}) =>
    tenancy.ask(listPartners, { accountId: client.accountId, ...filter }, client.owner);
  const names = async (filter: Parameters<typeof list>[0]) =>
    (await list(filter)).items.map(({ provider: { name } }) => name);

  beforeEach(async () => {
    for (const name of ['Fixers & Sons', 'Menders']) {
      tenancy.service.clock.advance(1);
      await makePartnership(tenancy, await openCompany(tenancy, 'partner', name), client, ceiling);
    }
  });

  it('are listed newest first, page by page, with nothing of what their providers call the client', async () => {
    await tenancy.sql(`UPDATE partnerships SET client_name = 'Our best client'`);
    const first = await list({ limit: 2 });
    expect(first.items.map(({ provider: { name } }) => name)).toEqual(['Menders', 'Fixers & Sons']);
    const cursor = first.nextCursor ?? undefined;
    const rest = await tenancy.ask(listPartners, { accountId: client.accountId, cursor }, client.owner);
    expect(rest).toMatchObject({ items: [{ id: partnerId }], nextCursor: null });
    expect(JSON.stringify([first, rest])).not.toContain('best client');
  });

  it('are found by state, by part of the company’s present name and by id', async () => {
    expect(await names({ query: 'ERS' })).toEqual(['Menders', 'Fixers & Sons']);
    expect(await names({ query: 's & s' })).toEqual(['Fixers & Sons']);
    expect(await names({ query: partnerId })).toEqual(['Provider']);
    expect(await names({ query: 'Client' })).toEqual([]);
    await revoke();
    expect(await names({ status: 'revoked' })).toEqual(['Provider']);
    expect(await names({ status: 'active' })).toEqual(['Menders', 'Fixers & Sons']);
    await tenancy.sql(`UPDATE accounts SET name = 'Renamed' WHERE id = $1`, [provider.accountId]);
    expect(await names({ query: 'renam' })).toEqual(['Renamed']);
  });

  it('are not those of whom the account is the provider, nor another account’s', async () => {
    const stranger = await openCompany(tenancy, 'client', 'Stranger');
    await makePartnership(tenancy, client, stranger, ceiling);
    expect(await names({})).not.toContain('Client');
    const asked = { accountId: stranger.accountId };
    const { items } = await tenancy.ask(listPartners, asked, stranger.owner);
    expect(items).toMatchObject([{ provider: { name: 'Client' } }]);
    expect(await tenancy.refusal(getPartner, { ...asked, partnerId }, stranger.owner)).toBe('not_found');
    expect(await tenancy.refusal(listPartnerUsers, { ...asked, partnerId }, stranger.owner)).toBe('not_found');
  });

  it('show who is authorized, found by name', async () => {
    const scope = { type: 'account', id: provider.accountId } as const;
    const { userId } = await tenancy.join(provider.accountId, scope, 'viewer', { name: 'Petra Partner' });
    await authorizeUser(tenancy, partnerId, userId, ceiling);
    await authorizeUser(tenancy, partnerId, provider.ownerId, ceiling);
    const found = await tenancy.ask(listPartnerUsers, { ...one(), query: 'petra' }, client.owner);
    const createdAt = tenancy.service.clock.now().toISOString();
    const petra = { user: { id: userId, name: 'Petra Partner' }, permissions: ceiling, createdAt };
    expect(found).toEqual({ items: [petra], nextCursor: null });
    expect((await tenancy.ask(listPartnerUsers, one(), client.owner)).items).toHaveLength(2);
    expect(await tenancy.ask(getPartner, one(), client.owner)).toMatchObject({ users: 2 });
  });
});
