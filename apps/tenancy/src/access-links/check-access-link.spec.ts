import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkAccessLink, Failure, type Role } from '@valetkey/contracts';
import type { Bus } from '@valetkey/messaging';
import { v7 as uuidv7 } from 'uuid';
import { Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let tokens: Bus;
let acme: Tenant;
let [sue, manager, vera] = ['', '', ''];

beforeAll(async () => {
  tenancy = await Tenancy.start();
  tokens = await tenancy.service.as('tokens');
  acme = await tenancy.openAccount('Acme');
  const join = async (role: Role, name: string) =>
    (await tenancy.join(acme.accountId, { type: 'account', id: acme.accountId }, role, { name })).userId;
  sue = await join('supporter', 'Sue');
  manager = await join('manager', 'Mia');
  vera = await join('viewer', 'Vera');
});
afterAll(async () => {
  await tenancy.stop();
});

const check = (makerId: string, userId: string, accountId = acme.accountId) =>
  tokens.ask(checkAccessLink, { accountId, makerId, userId }, tenancy.service.context());

describe('An access link', () => {
  it('may be made by an owner and by a supporter, for a member', async () => {
    const known = { accountName: 'Acme', userName: 'Vera', allowed: true, isMember: true };
    expect(await check(acme.ownerId, vera)).toEqual({ ...known, makerIsOwner: true });
    expect(await check(sue, vera)).toEqual({ ...known, makerIsOwner: false });
  });

  it('may not be made by others, for an owner by a supporter, or for oneself', async () => {
    const refused = { allowed: false, isMember: true };
    expect(await check(manager, vera)).toMatchObject({ ...refused, makerIsOwner: false });
    expect(await check(sue, acme.ownerId)).toMatchObject({ ...refused, userName: 'Ada Owner' });
    expect(await check(acme.ownerId, acme.ownerId)).toMatchObject({ ...refused, makerIsOwner: true });
    expect(await check(uuidv7(), vera)).toMatchObject({ ...refused, makerIsOwner: false });
  });

  it('has nobody to be for, and no name to be told, where the user is no member', async () => {
    const { ownerId } = await tenancy.openAccount('Other');
    for (const userId of [ownerId, uuidv7()]) {
      expect(await check(acme.ownerId, userId)).toMatchObject({ allowed: false, isMember: false, userName: '' });
    }
  });

  it('has no place in an account that is gone, or never was', async () => {
    const gone = await tenancy.openAccount();
    await tenancy.sql('UPDATE accounts SET deleted_at = $2 WHERE id = $1', [
      gone.accountId,
      tenancy.service.clock.now(),
    ]);
    expect(await check(gone.ownerId, vera, gone.accountId)).toEqual(new Failure('not_found'));
    expect(await check(gone.ownerId, vera, uuidv7())).toEqual(new Failure('not_found'));
  });

  it('is tokens’ alone to ask about', async () => {
    const identity = await tenancy.service.as('identity');
    const asked = { accountId: acme.accountId, makerId: sue, userId: vera };
    expect(await identity.ask(checkAccessLink, asked, tenancy.service.context())).toEqual(new Failure('forbidden'));
  });
});
