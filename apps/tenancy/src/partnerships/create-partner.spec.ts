import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createPartner,
  createPartnerToken,
  deleteAccount,
  deletePartner,
  deletePartnerToken,
  getPartnerToken,
  listPartners,
} from '@valetkey/contracts';
import { makeSecret } from '@valetkey/credentials';
import { partnershipActions, partnershipEvents } from '../../test/partnership-events.ts';
import { openCompany, turn } from '../../test/partnerships.ts';
import { cataloguePermissions } from '../../test/permissions.ts';
import { portalOf, Tenancy, type Tenant } from '../../test/tenancy.ts';

const THIRTY_DAYS = 30 * 24 * 3_600_000;
const ceiling = ['devices.manage', 'devices.view'];

let tenancy: Tenancy;
let provider: Tenant;
let client: Tenant;

beforeAll(async () => {
  tenancy = await Tenancy.start();
  await cataloguePermissions(tenancy, ...ceiling, 'reports.view');
});
beforeEach(async () => {
  provider = await openCompany(tenancy, 'partner', 'Provider');
  client = await openCompany(tenancy, 'client', 'Client');
});
afterAll(() => tenancy.stop());

const offer = (company = provider, clientName?: string) =>
  tenancy.ask(createPartnerToken, { accountId: company.accountId, clientName }, company.owner);
const asked = (token: string, permissions = ceiling, company = client) => ({
  accountId: company.accountId,
  token,
  permissions,
});
const takeUp = (token: string) => tenancy.ask(createPartner, asked(token), client.owner);
const refusal = (token: string, permissions = ceiling, company = client) =>
  tenancy.refusal(createPartner, asked(token, permissions, company), company.owner);
const tokenOf = ({ partnerToken: { id: partnerTokenId } }: Awaited<ReturnType<typeof offer>>) =>
  tenancy.ask(getPartnerToken, { accountId: provider.accountId, partnerTokenId }, provider.owner);

describe('A client that takes up a partner token', () => {
  it('has a partnership under the ceiling it chose, each permission once and in their order', async () => {
    const offered = await offer(provider, 'The bakery');
    const permissions = ['devices.view', 'devices.manage', 'devices.view'];
    const partner = await tenancy.ask(createPartner, asked(offered.secret, permissions), client.owner);
    const { id, createdAt } = offered.partnerToken;
    const provided = { id: provider.accountId, name: 'Provider' };
    expect(partner).toEqual({ id, status: 'active', provider: provided, permissions: ceiling, users: 0, createdAt });
    const token = await tokenOf(offered);
    expect(token).toMatchObject({ status: 'active', client: { id: client.accountId, name: 'Client' }, revision: 2 });
    expect(token).not.toHaveProperty('expiresAt');
  });

  it('is told with it, and its provider too, each its own side', async () => {
    const { partnerToken, secret } = await offer(provider, 'The bakery');
    await takeUp(secret);
    const [, mine] = await partnershipEvents(tenancy, provider.accountId);
    const [theirs, ...more] = await partnershipEvents(tenancy, client.accountId);
    expect(more).toEqual([]);
    expect(mine).toMatchObject({
      type: 'dev.valetkey.partnership.activated.v1',
      subject: partnerToken.id,
      actor: `account:${client.accountId}`,
      sequence: 2,
      correlationid: theirs?.correlationid,
    });
    expect(mine?.data).toEqual({
      side: 'provider',
      accountName: 'Provider',
      counterpart: { id: client.accountId, name: 'Client' },
      permissions: ceiling,
      changes: [{ field: 'permissions', to: ceiling }],
    });
    expect(theirs).toMatchObject({ actor: `user:${client.ownerId}`, sequence: 3 });
    expect(theirs?.data).toEqual({
      side: 'client',
      accountName: 'Client',
      counterpart: { id: provider.accountId, name: 'Provider' },
      permissions: ceiling,
      changes: [{ field: 'permissions', to: ceiling }],
    });
  });

  it('may have partnerships with many, and with the same again once the one before has ended', async () => {
    const second = await openCompany(tenancy, 'partner', 'Second');
    await takeUp((await offer(second)).secret);
    const { id } = await takeUp((await offer()).secret);
    const again = (await offer()).secret;
    expect(await refusal(again)).toBe('partnership_exists');
    await tenancy.sql(`UPDATE partnerships SET status = 'disabled' WHERE id = $1`, [id]);
    expect(await refusal(again)).toBe('partnership_exists');
    await tenancy.ask(deletePartner, { accountId: client.accountId, partnerId: id }, client.owner);
    expect(await takeUp(again)).toMatchObject({ status: 'active' });
  });
});

describe('A partner token is unknown', () => {
  it.each([
    ['when it never was', () => makeSecret('vkp')],
    ['when it is of another kind', () => makeSecret('vkl')],
    ['when it is no secret at all', () => 'vkp_nothing'],
  ])('%s', async (_when, token) => {
    expect(await refusal(token())).toBe('unknown_token');
  });

  it('when it was taken up before, by whomever', async () => {
    const { secret } = await offer();
    await takeUp(secret);
    expect(await refusal(secret)).toBe('unknown_token');
    const other = await openCompany(tenancy, 'client', 'Other');
    expect(await refusal(secret, ceiling, other)).toBe('unknown_token');
  });

  it('from the moment its thirty days are over, noted or not', async () => {
    const [{ secret }, second] = [await offer(), await offer()];
    tenancy.service.clock.advance(THIRTY_DAYS - 1);
    await takeUp(secret);
    tenancy.service.clock.advance(1);
    expect(await refusal(second.secret)).toBe('unknown_token');
  });

  it('once its provider has withdrawn it', async () => {
    const { partnerToken, secret } = await offer();
    const one = { accountId: provider.accountId, partnerTokenId: partnerToken.id };
    await tenancy.ask(deletePartnerToken, one, provider.owner);
    expect(await refusal(secret)).toBe('unknown_token');
  });

  it('while its provider may have no clients, or is deleted', async () => {
    const { secret } = await offer();
    await turn(tenancy, provider, 'partner', false);
    expect(await refusal(secret)).toBe('unknown_token');
    await turn(tenancy, provider, 'partner', true);
    const confirmed = { accountId: provider.accountId, confirmName: 'Provider' };
    await tenancy.ask(deleteAccount, confirmed, provider.owner);
    expect(await refusal(secret)).toBe('unknown_token');
  });
});

describe('Nobody takes up', () => {
  it('a token of their own account', async () => {
    await turn(tenancy, provider, 'client', true);
    const both = { ...provider, owner: { ...provider.owner, modules: ['partner' as const, 'client' as const] } };
    const { secret } = await offer();
    expect(await refusal(secret, ceiling, both)).toBe('own_token');
    expect(await takeUp(secret)).toMatchObject({ status: 'active' });
  });

  it('a token under a ceiling that the catalogue does not know', async () => {
    const { secret } = await offer();
    expect(await refusal(secret, ['devices.fly', 'devices.view'])).toBe('unknown_permission');
    expect(await refusal(secret, [])).toBe('malformed');
    expect(await takeUp(secret)).toMatchObject({ status: 'active' });
  });

  it('a token but an owner of an account that has the module', async () => {
    const { secret } = await offer();
    const manager = { ...client.owner, grants: portalOf(client.ownerId, client.accountId, 'manager').grants };
    expect(await tenancy.refusal(createPartner, asked(secret), manager)).toBe('forbidden');
    const without = { ...client.owner, modules: [] };
    expect(await tenancy.refusal(createPartner, asked(secret), without)).toBe('module_disabled');
    const nobody = { ...portalOf(provider.ownerId, client.accountId, 'owner'), modules: ['client' as const] };
    expect(await tenancy.refusal(createPartner, asked(secret), nobody)).toBe('forbidden');
  });
});

describe('At once', () => {
  it('of many clients that take up one token one has it, and for the others it is unknown', async () => {
    const { secret } = await offer();
    const clients = [client];
    for (let more = 0; more < 7; more += 1) clients.push(await openCompany(tenancy, 'client', `Client ${more}`));
    const answers = await Promise.all(clients.map((company) => refusal(secret, ceiling, company)));
    expect(answers.filter((code) => code === undefined)).toHaveLength(1);
    expect(answers.filter((code) => code === 'unknown_token')).toHaveLength(clients.length - 1);
    expect(await partnershipActions(tenancy, provider.accountId)).toEqual([
      'partnership.token-created',
      'partnership.activated',
    ]);
  });

  it('of many tokens of one provider a client takes up one', async () => {
    const tokens = [await offer(), await offer(), await offer(), await offer()];
    const answers = await Promise.all(tokens.map(({ secret }) => refusal(secret)));
    expect(answers.filter((code) => code === undefined)).toHaveLength(1);
    expect(answers.filter((code) => code === 'partnership_exists')).toHaveLength(tokens.length - 1);
    const { items } = await tenancy.ask(listPartners, { accountId: client.accountId }, client.owner);
    expect(items).toHaveLength(1);
  });

  it('two companies may take up each other’s tokens', async () => {
    for (const [company, module] of [[provider, 'client'] as const, [client, 'partner'] as const])
      await turn(tenancy, company, module, true);
    const modules = ['partner' as const, 'client' as const];
    const both = [provider, client].map((company) => ({ ...company, owner: { ...company.owner, modules } }));
    const [one, other] = both;
    if (!one || !other) throw new Error('two companies');
    const [ofOne, ofOther] = [await offer(one), await offer(other)];
    const answers = await Promise.all([refusal(ofOther.secret, ceiling, one), refusal(ofOne.secret, ceiling, other)]);
    expect(answers).toEqual([undefined, undefined]);
  });
});
