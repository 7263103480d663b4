import { expect } from '@jest/globals';
import { Session } from '@valetkey/contracts';
import { eventually } from '../eventually.ts';
import { type CompanyName, clientNames, type PartnershipModel, type UserName, userNames } from './partnership-model.ts';
import type { PartnershipWorld } from './partnership-world.ts';

/** Everywhere that a user's session is shown it says where they stand, and what they may do there. */
export async function expectUser(name: UserName, model: PartnershipModel, world: PartnershipWorld): Promise<void> {
  const { session } = world.users[name];
  const expected = expectedOf(name, model, world);
  const shown = await session.call('GET', '/v1/session');
  const { account, role, permissions, partnershipId, providerAccountId } = Session.parse(shown.body);
  expect({ account: account?.id, role, permissions, partnershipId, providerAccountId }).toEqual(expected);
  expect(await world.introspect(session)).toMatchObject({
    active: true,
    sub: `user:${world.users[name].userId}`,
    scope: expected.permissions.join(' '),
    ...(expected.account !== undefined && { account_id: expected.account, role: expected.role }),
    ...(expected.partnershipId && {
      partnership_id: expected.partnershipId,
      provider_account_id: expected.providerAccountId,
    }),
  });
  expect(await world.proxied(name, 'devices.reset')).toBe(proxiedOf(name, model));
  await expectChoices(name, model, world);
}

function expectedOf(name: UserName, model: PartnershipModel, world: PartnershipWorld) {
  const { standsIn } = model.users[name];
  if (!standsIn) return { permissions: [] };
  const account = world.companies[standsIn].accountId;
  if (standsIn === 'provider') return { account, role: 'viewer', permissions: ['devices.view'] };
  const letting = model.letting(name, standsIn);
  const permissions = letting?.status === 'active' ? (letting.grants.get(name) ?? []) : [];
  const providerAccountId = world.companies.provider.accountId;
  return { account, role: 'partner', permissions, partnershipId: letting?.id, providerAccountId };
}

/** What a proxy hears that asks for what only partners may. */
function proxiedOf(name: UserName, model: PartnershipModel): string | number {
  const { standsIn } = model.users[name];
  if (!standsIn) return 'no_account';
  if (standsIn === 'provider') return 'missing_permission';
  const letting = model.letting(name, standsIn);
  if (letting?.status === 'disabled') return 'partnership_disabled';
  return letting?.grants.get(name)?.includes('devices.reset') ? 200 : 'missing_permission';
}

/** In a client's account they do not see where else they might go. */
async function expectChoices(name: UserName, model: PartnershipModel, world: PartnershipWorld): Promise<void> {
  const { standsIn } = model.users[name];
  const { code, body } = await world.users[name].session.call('GET', '/v1/session/accounts');
  if (standsIn && standsIn !== 'provider') {
    expect(code).toBe('portal_only');
    return;
  }
  const account = (company: CompanyName) => ({ id: world.companies[company].accountId, name: company });
  const home = { account: account('provider'), role: 'viewer', via: 'membership' };
  const clients = clientNames.flatMap((client) => {
    const partnershipId = model.mayEnter(name, client) ? model.letting(name, client)?.id : undefined;
    return partnershipId ? [{ account: account(client), role: 'partner', via: 'partnership', partnershipId }] : [];
  });
  expect(new Set(Array.isArray(body) ? body : [body])).toEqual(
    new Set([...(model.mayEnter(name, 'provider') ? [home] : []), ...clients]),
  );
}

/** From now on they may do nothing where nothing lets them stand. */
export async function expectLeaving(model: PartnershipModel, world: PartnershipWorld): Promise<void> {
  if (model.leave()) for (const name of userNames) await expectUser(name, model, world);
}

/** Sessions have left where nothing let them stand. */
export async function expectSettled(model: PartnershipModel, world: PartnershipWorld): Promise<void> {
  const { leaving } = model;
  if (leaving.length === 0) return;
  await eventually('sessions leave where nothing lets them stand', async () => {
    for (const { name, client } of leaving) if ((await world.standers(client)).includes(name)) return undefined;
    return true;
  });
  model.leaving = [];
}
