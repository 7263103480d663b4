import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type AskOf,
  chooseStanding,
  Failure,
  findStayers,
  listReachableAccounts,
  putPermissions,
  resolveAccess,
  updateAccountPolicy,
} from '@valetkey/contracts';
import type { Bus } from '@valetkey/messaging';
import { anyCaller } from '@valetkey/testing';
import { v7 as uuidv7 } from 'uuid';
import { authorizeUser, makePartnership, openCompany, turn } from '../../test/partnerships.ts';
import { portalOf, succeed, Tenancy, type Tenant } from '../../test/tenancy.ts';

const notFound = new Failure('not_found');
const ceiling = ['devices.manage', 'devices.view'];

let tenancy: Tenancy;
let tokens: Bus;
let [provider, client]: Tenant[] = [];
let [partnership, petra] = ['', ''];

beforeAll(async () => {
  tenancy = await Tenancy.start();
  tokens = await tenancy.service.as('tokens');
  const permissions = ['devices.manage', 'devices.view', 'reports.view'].map((name) => ({
    name,
    description: '',
    roles: ['owner' as const],
  }));
  await tenancy.ask(putPermissions, { permissions }, anyCaller({ operator: true }));
});
/** Petra works for the provider, and is authorized at the client. */
beforeEach(async () => {
  provider = await openCompany(tenancy, 'partner', 'Provider');
  client = await openCompany(tenancy, 'client', 'Client');
  petra = (await join(provider, 'Petra')).userId;
  partnership = await makePartnership(tenancy, provider, client, ceiling);
  await authorizeUser(tenancy, partnership, petra, ['devices.view', 'reports.view']);
});
afterAll(async () => {
  await tenancy.stop();
});

const idOf = (company: Tenant | undefined) => company?.accountId ?? '';
const join = (company: Tenant | undefined, name: string, userId?: string) =>
  tenancy.join(idOf(company), { type: 'account', id: idOf(company) }, 'viewer', { name, ...(userId && { userId }) });
const set = (status: string) => tenancy.sql('UPDATE partnerships SET status = $2 WHERE id = $1', [partnership, status]);

type Wish = Omit<AskOf<typeof chooseStanding>, 'holder'>;
const choose = (wish: Wish = {}, userId = petra) =>
  tokens.ask(chooseStanding, { holder: { userId }, ...wish }, tenancy.service.context());
const resolve = async (userId = petra, organizationId?: string, lenderId?: string) => {
  const standing = { accountId: idOf(client), holder: { userId, lenderId }, organizationId };
  return (await tenancy.ask(resolveAccess, { standings: [standing] })).decisions[0];
};
const stay = async (...userIds: string[]) =>
  succeed(await tokens.ask(findStayers, { accountId: idOf(client), userIds }, tenancy.service.context())).stay;
const reachable = () => tenancy.ask(listReachableAccounts, {}, portalOf(petra, idOf(provider), 'viewer'));

/** All ways to ask whether Petra may stand at the client. */
async function standing() {
  const enters = !((await choose({ accountId: idOf(client) })) instanceof Failure);
  const stays = !((await choose({ accountId: idOf(client), staying: true })) instanceof Failure);
  expect(await stay(petra)).toEqual([stays]);
  expect((await resolve()) !== null).toBe(stays);
  expect((await reachable()).some(({ account }) => account.id === idOf(client))).toBe(enters);
  return { enters, stays };
}

describe('A user whom a partner authorized', () => {
  it('may at the client what was granted under the ceiling, and is named with their company', async () => {
    const accountId = idOf(client);
    expect(await resolve()).toEqual({
      account: { id: accountId, name: 'Client' },
      role: 'partner',
      scope: { type: 'account', id: accountId },
      grants: [{ scope: { type: 'account', id: accountId }, role: 'partner' }],
      permissions: ['devices.view'],
      modules: ['login_tokens', 'client'],
      partnership: { id: partnership, providerAccountId: idOf(provider), disabled: false },
      userName: 'Petra',
    });
  });

  it('finds the client among the accounts they can switch to', async () => {
    expect(await reachable()).toEqual([
      {
        account: { id: idOf(client), name: 'Client' },
        role: 'partner',
        via: 'partnership',
        partnershipId: partnership,
      },
      { account: { id: idOf(provider), name: 'Provider' }, role: 'viewer', via: 'membership' },
    ]);
  });

  it('stands there in the account as a whole, or in an organization that they name', async () => {
    const accountId = idOf(client);
    const organizationId = await tenancy.makeOrganization(accountId, { name: 'North' });
    const by = { partnership: { id: partnership, providerAccountId: idOf(provider) } };
    expect(await choose({ accountId })).toEqual({ accountId, ...by });
    expect(await choose({ accountId, organizationId: null })).toEqual({ accountId, ...by });
    expect(await choose({ accountId, organizationId })).toEqual({ accountId, organizationId, ...by });
    expect(await resolve(petra, organizationId)).toMatchObject({
      organization: { name: 'North' },
      permissions: ['devices.view'],
    });
    const foreign = await tenancy.makeOrganization(idOf(provider));
    expect(await choose({ accountId, organizationId: foreign })).toEqual(notFound);
  });

  it('begins where they were last, which may be at the client, and else at home', async () => {
    expect(await choose()).toMatchObject({ accountId: idOf(provider) });
    await tenancy.sql('INSERT INTO last_accounts (user_id, account_id, at) VALUES ($1, $2, $3)', [
      petra,
      idOf(client),
      tenancy.service.clock.now(),
    ]);
    expect(await choose()).toMatchObject({ accountId: idOf(client) });
    await set('disabled');
    expect(await choose()).toMatchObject({ accountId: idOf(provider) });
  });

  it('is a member, and nothing else, where they are one', async () => {
    await join(client, 'Petra', petra);
    const decision = await resolve();
    expect(decision).toMatchObject({ role: 'viewer', permissions: [] });
    expect(decision).not.toHaveProperty('partnership');
    expect(await reachable()).toMatchObject([{ role: 'viewer', via: 'membership' }, { via: 'membership' }]);
  });

  it('is bound by the client’s policy when it demands two-factor of everyone', async () => {
    const { accountId, owner } = client ?? (await tenancy.openAccount());
    await tenancy.ask(updateAccountPolicy, { accountId, requireTwoFactor: 'everyone' }, owner);
    expect(await resolve()).toMatchObject({ role: 'partner', twoFactorRequired: true });
  });

  it('is no one to whom access could be lent by a link', async () => {
    expect(await resolve(petra, undefined, client?.ownerId)).toBeNull();
  });
});

describe('A partner’s grant', () => {
  it('gives never more than the ceiling, whatever was granted before', async () => {
    await tenancy.sql(`UPDATE partnerships SET permissions = '{devices.manage}' WHERE id = $1`, [partnership]);
    expect(await resolve()).toMatchObject({ permissions: [] });
    await tenancy.sql(`UPDATE partnerships SET permissions = $2 WHERE id = $1`, [partnership, [...ceiling, 'x']]);
    expect(await resolve()).toMatchObject({ permissions: ['devices.view'] });
  });

  it('of a disabled partnership lets nobody enter, and whoever is there stay with nothing', async () => {
    await set('disabled');
    expect(await standing()).toEqual({ enters: false, stays: true });
    expect(await resolve()).toMatchObject({ permissions: [], partnership: { id: partnership, disabled: true } });
    await set('active');
    expect(await standing()).toEqual({ enters: true, stays: true });
    expect(await resolve()).toMatchObject({ permissions: ['devices.view'], partnership: { disabled: false } });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['the partnership is revoked', () => set('revoked')],
    ['the grant is revoked', () => tenancy.sql('DELETE FROM partner_users WHERE user_id = $1', [petra])],
    ['the user has left the provider', () => tenancy.sql('DELETE FROM memberships WHERE user_id = $1', [petra])],
    ['the provider is deleted', () => remove(provider)],
    ['the client is deleted', () => remove(client)],
  ])('stands no more when %s', async (_when, end) => {
    expect(await standing()).toEqual({ enters: true, stays: true });
    await end();
    expect(await standing()).toEqual({ enters: false, stays: false });
  });

  it.each([
    ['partner', () => provider],
    ['client', () => client],
  ] as const)('stands nowhere while the module %s is off, and again when it is on', async (module, company) => {
    const tenant = company() ?? (await tenancy.openAccount());
    await turn(tenancy, tenant, module, false);
    expect(await standing()).toEqual({ enters: false, stays: false });
    await turn(tenancy, tenant, module, true);
    expect(await standing()).toEqual({ enters: true, stays: true });
  });

  it('of two partners is one of them: the active, and of two that are the older', async () => {
    const second = await openCompany(tenancy, 'partner', 'Second');
    await join(second, 'Petra', petra);
    const other = await makePartnership(tenancy, second, client ?? second, ceiling);
    await authorizeUser(tenancy, other, petra, ['devices.manage']);
    expect(await resolve()).toMatchObject({ permissions: ['devices.view'], partnership: { id: partnership } });
    await set('disabled');
    expect(await resolve()).toMatchObject({ permissions: ['devices.manage'], partnership: { id: other } });
    expect(await reachable()).toContainEqual(expect.objectContaining({ partnershipId: other }));
  });
});

it('Of those who stand in an account stay its members and its partners’ users, in the order asked', async () => {
  await set('disabled');
  const member = (await join(client, 'Max')).userId;
  expect(await stay(uuidv7(), member, petra, provider?.ownerId ?? '', member)).toEqual([
    false,
    true,
    true,
    false,
    true,
  ]);
  await remove(client);
  expect(await stay(member, petra)).toEqual([false, false]);
});

async function remove(company: Tenant | undefined): Promise<void> {
  await tenancy.sql('UPDATE accounts SET deleted_at = $2 WHERE id = $1', [idOf(company), tenancy.service.clock.now()]);
}
