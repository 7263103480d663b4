import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chooseStanding, Failure, resolveAccess, type Role, updateAccountPolicy } from '@valetkey/contracts';
import type { Bus } from '@valetkey/messaging';
import { Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let tokens: Bus;
let acme: Tenant;
/** The supporter who lends, and the viewer whom they lend access. */
let [sue, vera] = ['', ''];

beforeAll(async () => {
  tenancy = await Tenancy.start();
  tokens = await tenancy.service.as('tokens');
});
beforeEach(async () => {
  acme = await tenancy.openAccount('Acme');
  sue = await join('supporter');
  vera = await join('viewer');
});
afterAll(async () => {
  await tenancy.stop();
});

const join = async (role: Role) =>
  (await tenancy.join(acme.accountId, { type: 'account', id: acme.accountId }, role)).userId;
const become = (userId: string, role: Role) =>
  tenancy.sql('UPDATE memberships SET role = $2 WHERE user_id = $1', [userId, role]);

async function decide(userId: string, lenderId: string) {
  const { accountId } = acme;
  return (await tenancy.ask(resolveAccess, { standings: [{ accountId, holder: { userId, lenderId } }] })).decisions[0];
}

/** By what is decided and by where they may move, which are never at odds. */
async function stands(userId: string, lenderId: string): Promise<boolean> {
  const asked = { holder: { userId, lenderId }, accountId: acme.accountId };
  const place = await tokens.ask(chooseStanding, asked, tenancy.service.context());
  const decided = (await decide(userId, lenderId)) !== null;
  expect(place instanceof Failure).toBe(!decided);
  return decided;
}

describe('By an access link a user', () => {
  it('has their own role, as long as the lender may lend it', async () => {
    expect(await decide(vera, sue)).toMatchObject({ role: 'viewer', userName: 'Max Member' });
    expect(await stands(vera, sue)).toBe(true);
    await become(sue, 'manager');
    expect(await stands(vera, sue)).toBe(false);
    await become(sue, 'owner');
    expect(await stands(vera, sue)).toBe(true);
  });

  it('does not stand by a supporter once they are an owner', async () => {
    await become(vera, 'owner');
    expect(await stands(vera, sue)).toBe(false);
    expect(await stands(vera, acme.ownerId)).toBe(true);
  });

  it('stands nowhere when either has left, or by themselves', async () => {
    expect(await stands(acme.ownerId, acme.ownerId)).toBe(false);
    await tenancy.sql('DELETE FROM memberships WHERE user_id = $1', [sue]);
    expect(await stands(vera, sue)).toBe(false);
    await tenancy.sql('DELETE FROM memberships WHERE user_id = $1', [vera]);
    expect(await stands(vera, acme.ownerId)).toBe(false);
  });

  it('stands nowhere when the lender is one in another account', async () => {
    const { ownerId } = await tenancy.openAccount('Other');
    expect(await stands(vera, ownerId)).toBe(false);
  });

  it('moves among the organizations that they reach', async () => {
    const { accountId } = acme;
    const organizationId = await tenancy.makeOrganization(accountId);
    const asked = { holder: { userId: vera, lenderId: sue }, accountId, organizationId };
    const place = await tokens.ask(chooseStanding, asked, tenancy.service.context());
    expect(place).toEqual({ accountId, organizationId });
  });

  it('is not bound by the policy of two-factor, which binds them else', async () => {
    const { accountId, owner } = acme;
    await tenancy.ask(updateAccountPolicy, { accountId, requireTwoFactor: 'everyone' }, owner);
    expect(await decide(vera, sue)).not.toHaveProperty('twoFactorRequired');
    const standings = [{ accountId, holder: { userId: vera } }];
    const { decisions } = await tenancy.ask(resolveAccess, { standings });
    expect(decisions).toMatchObject([{ twoFactorRequired: true }]);
  });
});
