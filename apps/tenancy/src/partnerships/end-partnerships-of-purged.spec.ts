import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createPartnerToken,
  deleteAccount,
  listPartners,
  listPartnerTokens,
  restoreAccount,
} from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { partnershipActions, partnershipEvents } from '../../test/partnership-events.ts';
import { authorizeUser, makePartnership, openCompany } from '../../test/partnerships.ts';
import { Tenancy, type Tenant } from '../../test/tenancy.ts';
import { PurgeAccountsJob } from '../accounts/purge-accounts.job.ts';
import { SettleGrantsJob } from './settle-grants.job.ts';

const THIRTY_DAYS = 30 * 24 * 3_600_000;

let tenancy: Tenancy;
let provider: Tenant;
let client: Tenant;
let id: string;

beforeAll(async () => {
  tenancy = await Tenancy.start();
});
beforeEach(async () => {
  provider = await openCompany(tenancy, 'partner', 'Provider');
  client = await openCompany(tenancy, 'client', 'Client');
  id = await makePartnership(tenancy, provider, client, ['devices.view']);
  await authorizeUser(tenancy, id, provider.ownerId, ['devices.view']);
});
afterAll(() => tenancy.stop());

async function purge({ accountId, owner }: Tenant, confirmName: string): Promise<void> {
  await tenancy.ask(deleteAccount, { accountId, confirmName }, owner);
  tenancy.service.clock.advance(THIRTY_DAYS);
  await tenancy.service.app.get(PurgeAccountsJob).run();
}
const settle = () => tenancy.service.app.get(SettleGrantsJob).run();
const purgeAgain = () => tenancy.service.app.get(PurgeAccountsJob).run();

const rowsOf = (table: string, { accountId }: Tenant) =>
  tenancy.sql(`SELECT 1 FROM ${table} WHERE provider_account_id = $1 OR client_account_id = $1`, [accountId]);

describe('An account that is purged', () => {
  it('takes its partnerships as a client with it: the provider is told that they are revoked', async () => {
    await purge(client, 'Client');
    await settle();
    await purgeAgain();
    expect([await rowsOf('partnerships', provider), await rowsOf('partner_users', provider)]).toEqual([[], []]);
    expect((await partnershipEvents(tenancy, provider.accountId))[0]).toMatchObject({
      type: 'dev.valetkey.partnership.revoked.v1',
      subject: id,
      actor: `account:${client.accountId}`,
      data: { side: 'provider', counterpart: { id: client.accountId, name: 'Client' } },
    });
    const { items } = await tenancy.ask(listPartnerTokens, { accountId: provider.accountId }, provider.owner);
    expect(items).toEqual([]);
  });

  it('takes its partnerships as a provider with it: the client is told that they are deleted', async () => {
    await tenancy.ask(createPartnerToken, { accountId: provider.accountId }, provider.owner);
    await purge(provider, 'Provider');
    await settle();
    await purgeAgain();
    expect([await rowsOf('partnerships', provider), await rowsOf('partner_users', provider)]).toEqual([[], []]);
    expect((await partnershipEvents(tenancy, client.accountId))[0]).toMatchObject({
      type: 'dev.valetkey.partnership.deleted.v1',
      subject: id,
      actor: `account:${provider.accountId}`,
      data: { side: 'client', counterpart: { id: provider.accountId, name: 'Provider' } },
    });
  });

  it('says nothing to those whose partnership had ended before', async () => {
    await tenancy.sql(`UPDATE partnerships SET status = 'revoked' WHERE id = $1`, [id]);
    await settle();
    await purge(client, 'Client');
    expect(await rowsOf('partnerships', provider)).toEqual([]);
    const told = (await partnershipEvents(tenancy, provider.accountId)).map(({ type }) => type);
    expect(told).not.toContain('dev.valetkey.partnership.revoked.v1');
  });

  it('has each of their users taken out and told of first, and lets other accounts be purged meanwhile', async () => {
    const other = await openCompany(tenancy, 'client', 'Other');
    await tenancy.ask(deleteAccount, { accountId: other.accountId, confirmName: 'Other' }, other.owner);
    await purge(provider, 'Provider');
    const accounts = () =>
      tenancy.sql('SELECT id FROM accounts WHERE id = ANY($1)', [[provider.accountId, other.accountId]]);
    expect(await accounts()).toEqual([{ id: provider.accountId }]);
    const told = () => partnershipActions(tenancy, client.accountId);
    expect(await told()).toEqual(['partnership.deleted']);
    await purgeAgain();
    expect(await told()).toEqual(['partnership.deleted']);
    const { items } = await tenancy.ask(listPartners, { accountId: client.accountId }, client.owner);
    expect(items).toMatchObject([{ id, status: 'revoked', users: 0, provider: { name: 'Provider' } }]);

    await settle();
    await purgeAgain();
    expect(await told()).toEqual(['partnership.deleted', 'partner-user.revoked']);
    expect(await accounts()).toEqual([]);
  });

  it('is gone at once when nobody was authorized', async () => {
    await tenancy.sql('DELETE FROM partner_users WHERE partnership_id = $1', [id]);
    await purge(client, 'Client');
    expect(await tenancy.sql('SELECT id FROM accounts WHERE id = $1', [client.accountId])).toEqual([]);
    expect(await partnershipActions(tenancy, provider.accountId)).toEqual(['partnership.revoked']);
  });

  it('leaves the partnerships of others, and all of them to one that is restored', async () => {
    const other = await openCompany(tenancy, 'client', 'Other');
    const kept = await makePartnership(tenancy, provider, other, []);
    const { accountId, owner } = provider;
    await tenancy.ask(deleteAccount, { accountId, confirmName: 'Provider' }, owner);
    await tenancy.ask(restoreAccount, { accountId }, anyCaller({ operator: true }));
    await purge(client, 'Client');
    await settle();
    await purgeAgain();
    expect(await tenancy.sql('SELECT id FROM partnerships WHERE provider_account_id = $1', [accountId])).toEqual([
      { id: kept },
    ]);
  });
});
