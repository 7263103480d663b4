import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  addMembership,
  checkScope,
  chooseStanding,
  deleteAccount,
  Failure,
  getAccount,
  getAccountAsOperator,
  type InputOf,
  keepAccount,
  listAccounts,
  listAccountsAsOperator,
  listMembers,
  listOwners,
  listReachableAccounts,
  resolveAccess,
  restoreAccount,
  setModules,
  updateAccount,
} from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { v7 as uuidv7 } from 'uuid';
import { portalOf, succeed, Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let acme: Tenant;
let organizationId: string;
let memberId: string;
const operator = anyCaller({ operator: true });
/** What tokens was told, the latest last. */
const kept: InputOf<typeof keepAccount>[] = [];

beforeAll(async () => {
  const tokens = (told: InputOf<typeof keepAccount>) => {
    kept.push(told);
    return {};
  };
  tenancy = await Tenancy.start({}, [{ contract: keepAccount, answer: tokens }]);
});
beforeEach(async () => {
  acme = await tenancy.openAccount('Acme');
  organizationId = await tenancy.makeOrganization(acme.accountId);
  const { userId } = await tenancy.join(acme.accountId, { type: 'organization', id: organizationId }, 'manager');
  memberId = userId;
});
afterAll(() => tenancy.stop());

const remove = ({ accountId, owner }: Tenant) => tenancy.ask(deleteAccount, { accountId, confirmName: 'Acme' }, owner);
const restore = ({ accountId }: Tenant) => tenancy.ask(restoreAccount, { accountId }, operator);
const toldOf = async ({ accountId }: Tenant) =>
  (await tenancy.eventsOf(accountId)).map(({ type }) => type.split('.').slice(2, 4).join('.'));

/** What may be done in the account: by its owner, by a member of an organization, and by what was lent. */
async function decisions() {
  const { accountId, ownerId } = acme;
  const grant = { scope: { type: 'organization' as const, id: organizationId }, role: 'viewer' as const };
  const holders = [{ userId: ownerId }, { userId: memberId }, { grant }];
  const standings = holders.map((holder) => ({ accountId, organizationId, holder }));
  return (await tenancy.ask(resolveAccess, { standings })).decisions;
}

/** Where the member stands by themselves. */
async function standing() {
  const tokens = await tenancy.service.as('tokens');
  return tokens.ask(chooseStanding, { holder: { userId: memberId } }, tenancy.service.context());
}

describe('Deleting an account', () => {
  it('needs its name, exactly as it is', async () => {
    const { accountId, owner } = acme;
    for (const confirmName of ['acme', 'Acme ', 'Acm', ''])
      expect(await tenancy.refusal(deleteAccount, { accountId, confirmName }, owner)).toBe('wrong_name');
    expect(await tenancy.refusal(getAccount, { accountId }, owner)).toBeUndefined();
  });

  it('makes every decision in it nobody’s, at once', async () => {
    expect(await decisions()).not.toContain(null);
    await remove(acme);
    expect(await decisions()).toEqual([null, null, null]);
    expect(await standing()).toEqual(new Failure('not_found'));
    const tokens = await tenancy.service.as('tokens');
    const scope = { type: 'organization', id: organizationId } as const;
    const checked = await tokens.ask(checkScope, { accountId: acme.accountId, scope }, tenancy.service.context());
    expect(checked).toEqual({ exists: false });
  });

  it('takes it out of everybody’s sight, also of one whom the gateway thinks there still', async () => {
    const { accountId, owner } = acme;
    await remove(acme);
    expect(await tenancy.ask(listAccounts, {}, owner)).toEqual({ items: [], nextCursor: null });
    expect(await tenancy.ask(listReachableAccounts, {}, owner)).toEqual([]);
    expect(await tenancy.ask(listMembers, { accountId }, owner)).toEqual({ items: [], nextCursor: null });
    const grant = { accountId, userId: memberId, scope: { type: 'account' as const, id: accountId } };
    expect({
      get: await tenancy.refusal(getAccount, { accountId }, owner),
      update: await tenancy.refusal(updateAccount, { accountId, name: 'New' }, owner),
      grant: await tenancy.refusal(addMembership, { ...grant, role: 'viewer' }, owner),
      delete: await tenancy.refusal(deleteAccount, { accountId, confirmName: 'Acme' }, owner),
    }).toEqual({ get: 'not_found', update: 'not_found', grant: 'not_found', delete: 'not_found' });
  });

  it('is told before it is answered, and kept by tokens', async () => {
    const { accountId, owner, ownerId } = acme;
    const asked = { accountId, confirmName: 'Acme' };
    const { touched } = await tenancy.service.gateway.request(deleteAccount, asked, tenancy.service.context(owner));
    expect(touched).toEqual([`account:${accountId}`]);
    const unsent = 'SELECT 1 FROM outbox WHERE sent_at IS NULL AND entity = $1';
    expect(await tenancy.sql(unsent, [`account:${accountId}`])).toEqual([]);
    expect((await tenancy.eventsOf(accountId)).at(-1)).toMatchObject({
      type: 'dev.valetkey.account.deleted.v1',
      actor: `user:${ownerId}`,
      sequence: 2,
      data: { name: 'Acme' },
    });
    expect(kept.at(-1)).toMatchObject({ accountId, sequence: 2, deleted: true });
  });

  it('is an owner’s, at the portal, who is one still', async () => {
    const { accountId, owner, ownerId } = acme;
    const asked = { accountId, confirmName: 'Acme' };
    const manager = await tenancy.join(accountId, { type: 'account', id: accountId }, 'manager');
    expect(await tenancy.refusal(deleteAccount, asked, manager.caller)).toBe('forbidden');
    const key = { ...owner, kind: 'access_key' as const };
    expect(await tenancy.refusal(deleteAccount, asked, key)).toBe('key_not_allowed');
    expect(await tenancy.refusal(deleteAccount, asked, anyCaller())).toBe('not_found');
    await tenancy.sql(`UPDATE memberships SET role = 'manager' WHERE user_id = $1`, [ownerId]);
    expect(await tenancy.refusal(deleteAccount, asked, owner)).toBe('forbidden');
  });

  it('happens once, however many owners do it at once', async () => {
    const { accountId, owner } = acme;
    const second = await tenancy.join(accountId, { type: 'account', id: accountId }, 'owner');
    const asked = { accountId, confirmName: 'Acme' };
    const refusals = await Promise.all(
      [owner, second.caller, owner, second.caller].map((caller) => tenancy.refusal(deleteAccount, asked, caller)),
    );
    expect(refusals.filter((code) => code === undefined)).toHaveLength(1);
    expect((await toldOf(acme)).filter((what) => what === 'account.deleted')).toHaveLength(1);
  });

  it('leaves what its users have elsewhere', async () => {
    const other = await tenancy.openAccount('Other');
    await tenancy.join(other.accountId, { type: 'account', id: other.accountId }, 'viewer', { userId: memberId });
    await remove(acme);
    expect(await standing()).toEqual({ accountId: other.accountId });
    const caller = portalOf(memberId, other.accountId, 'viewer');
    expect((await tenancy.ask(listAccounts, {}, caller)).items.map(({ name }) => name)).toEqual(['Other']);
  });
});

describe('The owners of an account', () => {
  const ownersOf = async (accountId: string) =>
    (await tenancy.service.as('notifications')).ask(listOwners, { accountId }, tenancy.service.context());

  it('are known to notifications, after its deletion too', async () => {
    const { accountId, ownerId } = acme;
    const second = await tenancy.join(accountId, { type: 'account', id: accountId }, 'owner');
    const owners = { accountName: 'Acme', userIds: [ownerId, second.userId] };
    expect(succeed(await ownersOf(accountId))).toEqual(owners);
    await remove(acme);
    expect(succeed(await ownersOf(accountId))).toEqual(owners);
  });

  it('of no account are nobody', async () => {
    expect(await ownersOf(uuidv7())).toEqual(new Failure('not_found'));
  });
});

describe('An operator', () => {
  it('finds deleted accounts among all, by themselves, and one by one', async () => {
    const before = await tenancy.ask(getAccountAsOperator, { accountId: acme.accountId }, operator);
    expect(before).not.toHaveProperty('deletedAt');
    const other = await tenancy.openAccount('Acme');
    await remove(acme);
    const deletedAt = tenancy.service.clock.now().toISOString();
    const idsOf = async (status?: 'active' | 'deleted') =>
      (await tenancy.ask(listAccountsAsOperator, { status, limit: 100 }, operator)).items.map(({ id }) => id);
    const two = [acme.accountId, other.accountId];
    expect(await idsOf()).toEqual(expect.arrayContaining(two));
    expect(await idsOf('active')).toContain(other.accountId);
    expect(await idsOf('active')).not.toContain(acme.accountId);
    expect(await idsOf('deleted')).toContain(acme.accountId);
    expect(await idsOf('deleted')).not.toContain(other.accountId);
    expect(await tenancy.ask(getAccountAsOperator, { accountId: acme.accountId }, operator)).toEqual({
      ...before,
      deletedAt,
      revision: 2,
    });
  });

  it('restores one: everything in it is as it was', async () => {
    const before = await decisions();
    await remove(acme);
    const restored = await restore(acme);
    expect(restored).toMatchObject({ id: acme.accountId, name: 'Acme', revision: 3 });
    expect(restored).not.toHaveProperty('deletedAt');
    expect(await decisions()).toEqual(before);
    expect(await standing()).toEqual({ accountId: acme.accountId, organizationId });
    expect((await toldOf(acme)).slice(-2)).toEqual(['account.deleted', 'account.restored']);
    expect(kept.at(-1)).toMatchObject({ accountId: acme.accountId, sequence: 3, deleted: false });
  });

  it('restores what is deleted and nothing else, once', async () => {
    const { accountId } = acme;
    expect(await tenancy.refusal(restoreAccount, { accountId }, operator)).toBe('account_not_deleted');
    expect(await tenancy.refusal(restoreAccount, { accountId: uuidv7() }, operator)).toBe('not_found');
    await remove(acme);
    expect(await tenancy.refusal(restoreAccount, { accountId }, acme.owner)).toBe('forbidden');
    const refusals = await Promise.all(
      Array.from({ length: 4 }, () => tenancy.refusal(restoreAccount, { accountId }, operator)),
    );
    expect(refusals.filter((code) => code === undefined)).toHaveLength(1);
    expect(refusals.filter((code) => code === 'account_not_deleted')).toHaveLength(3);
  });

  it('sets the modules of one that is deleted, for when it is restored', async () => {
    await remove(acme);
    const asked = { accountId: acme.accountId, modules: { partner: true } };
    expect(await tenancy.ask(setModules, asked, operator)).toMatchObject({ deletedAt: expect.any(String) });
    expect(kept.at(-1)).toMatchObject({ deleted: true, modules: ['login_tokens', 'partner'] });
    expect(await restore(acme)).toMatchObject({ modules: { partner: true } });
  });
});
