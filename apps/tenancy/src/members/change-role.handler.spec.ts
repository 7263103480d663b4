import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, changeRole, removeMembership, type Scope } from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { v7 as uuidv7 } from 'uuid';
import { type Levels, openLevels } from '../../test/levels.ts';
import { type Member, portalOf, Tenancy } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let tenant: Levels;
let account: Scope;
let group: Scope;
let inside: Scope;
let outside: Scope;
let manager: Member;
let groupManager: Member;

beforeAll(async () => {
  tenancy = await Tenancy.start();
  tenant = await openLevels(tenancy);
  ({ account, group, inside, outside, manager, groupManager } = tenant);
});

afterAll(async () => {
  await tenancy.stop();
});

type NewRole = 'owner' | 'manager' | 'viewer' | 'supporter';
const join = (scope: Scope, role: NewRole) => tenancy.join(tenant.accountId, scope, role);
const change = (caller: Caller, membershipId: string, role: NewRole, ifMatch?: string) =>
  tenancy.ask(changeRole, { accountId: tenant.accountId, membershipId, role }, caller, { ifMatch });
const refusal = (caller: Caller, membershipId: string, role: NewRole, ifMatch?: string) =>
  tenancy.refusal(changeRole, { accountId: tenant.accountId, membershipId, role }, caller, { ifMatch });

async function told(membershipId: string) {
  return (await tenancy.eventsOf(tenant.accountId)).filter(({ subject }) => subject === membershipId).slice(1);
}

describe('changing a role', () => {
  it('answers the membership, and is told before it is answered', async () => {
    const { membershipId, userId } = await join(inside, 'viewer');
    const changed = await change(tenant.owner, membershipId, 'manager');
    expect(changed).toMatchObject({
      id: membershipId,
      role: 'manager',
      scope: { ...inside, name: 'North 1' },
      revision: 2,
    });
    expect(await told(membershipId)).toMatchObject([
      {
        type: 'dev.valetkey.membership.changed.v1',
        sequence: 2,
        data: {
          userId,
          scope: inside,
          scopeName: 'North 1',
          changes: [{ field: 'role', from: 'viewer', to: 'manager' }],
        },
      },
    ]);
    const unsent = `SELECT 1 FROM outbox WHERE sent_at IS NULL AND entity = $1`;
    expect(await tenancy.sql(unsent, [`membership:${membershipId}`])).toEqual([]);
  });

  it('to the one there is changes and tells nothing', async () => {
    const { membershipId } = await join(inside, 'viewer');
    expect(await change(tenant.owner, membershipId, 'viewer')).toMatchObject({ role: 'viewer', revision: 1 });
    expect(await told(membershipId)).toEqual([]);
  });

  it('changes the revision that was seen, if one is named', async () => {
    const { membershipId } = await join(inside, 'viewer');
    expect(await refusal(tenant.owner, membershipId, 'manager', '"7"')).toBe('precondition_failed');
    expect(await change(tenant.owner, membershipId, 'manager', '"1"')).toMatchObject({ revision: 2 });
  });

  it('takes no role that the level does not have', async () => {
    const { membershipId } = await join(inside, 'viewer');
    expect(await refusal(tenant.owner, membershipId, 'supporter')).toBe('role_not_of_scope');
  });

  it('is for nobody’s own role', async () => {
    const [own] = await tenancy.sql('SELECT id FROM memberships WHERE user_id = $1', [tenant.ownerId]);
    expect(await refusal(tenant.owner, String(own?.['id']), 'viewer')).toBe('own_role');
    expect(await refusal(groupManager.caller, groupManager.membershipId, 'viewer')).toBe('own_role');
  });

  it('of an owner, or to one, is for owners', async () => {
    const other = await join(account, 'owner');
    expect(await refusal(manager.caller, other.membershipId, 'viewer')).toBe('forbidden');
    expect(await refusal(manager.caller, (await join(account, 'supporter')).membershipId, 'viewer')).toBe('forbidden');
    expect(await refusal(manager.caller, (await join(account, 'viewer')).membershipId, 'owner')).toBe('forbidden');
    expect(await change(tenant.owner, other.membershipId, 'viewer')).toMatchObject({ role: 'viewer' });
    expect(await change(manager.caller, other.membershipId, 'manager')).toMatchObject({ role: 'manager' });
  });

  it('is for managers of a group inside it, and beyond it there is nothing', async () => {
    const within = await join(inside, 'viewer');
    expect(await change(groupManager.caller, within.membershipId, 'manager')).toMatchObject({ role: 'manager' });
    const beyond = [await join(outside, 'viewer'), manager];
    for (const { membershipId } of beyond) {
      expect(await refusal(groupManager.caller, membershipId, 'viewer')).toBe('not_found');
    }
  });

  it('where one only looks is forbidden', async () => {
    const { userId, caller } = await join(group, 'manager');
    await tenancy.join(tenant.accountId, account, 'viewer', { userId });
    const { membershipId } = await join(outside, 'viewer');
    expect(await refusal(caller, membershipId, 'manager')).toBe('forbidden');
  });

  it('of another tenant’s member, or of nobody, finds nothing, whatever the body', async () => {
    const other = await tenancy.openAccount();
    const theirs = await tenancy.join(other.accountId, { type: 'account', id: other.accountId }, 'viewer');
    for (const membershipId of [theirs.membershipId, uuidv7(), 'no-id']) {
      const asked = { accountId: tenant.accountId, membershipId, role: 'viewer' as const };
      expect(await tenancy.refusal(changeRole, asked, tenant.owner)).toBe('not_found');
      const more = { ...asked, more: 1 };
      expect(await tenancy.refusal(changeRole, more, tenant.owner)).toBe('not_found');
    }
    const asked = { accountId: tenant.accountId, membershipId: manager.membershipId, role: 'viewer' as const };
    const more = { ...asked, more: 1 };
    expect(await tenancy.refusal(changeRole, more, tenant.owner)).toBe('malformed');
  });

  it('is not done with an access key', async () => {
    const key = anyCaller({ kind: 'access_key', accountId: tenant.accountId });
    expect(await refusal(key, manager.membershipId, 'viewer')).toBe('key_not_allowed');
  });
});

describe('removing a membership', () => {
  const remove = (caller: Caller, membershipId: string) =>
    tenancy.refusal(removeMembership, { accountId: tenant.accountId, membershipId }, caller);

  it('tells it, and whether it was the user’s last in the account', async () => {
    const first = await join(inside, 'viewer');
    const second = await tenancy.join(tenant.accountId, group, 'manager', { userId: first.userId });
    expect(await remove(groupManager.caller, second.membershipId)).toBe(undefined);
    expect(await remove(tenant.owner, first.membershipId)).toBe(undefined);
    expect(await told(second.membershipId)).toMatchObject([
      {
        type: 'dev.valetkey.membership.removed.v1',
        sequence: 2,
        data: { role: 'manager', lastInAccount: false, changes: [{ field: 'role', from: 'manager' }] },
      },
    ]);
    expect(await told(first.membershipId)).toMatchObject([
      { sequence: 2, data: { userId: first.userId, scope: inside, scopeName: 'North 1', lastInAccount: true } },
    ]);
    expect(await remove(tenant.owner, first.membershipId)).toBe('not_found');
  });

  it('takes the same rights as changing it', async () => {
    expect(await remove(manager.caller, (await join(account, 'owner')).membershipId)).toBe('forbidden');
    expect(await remove(manager.caller, manager.membershipId)).toBe('own_role');
    expect(await remove(groupManager.caller, manager.membershipId)).toBe('not_found');
    const viewer = portalOf(uuidv7(), tenant.accountId, 'viewer');
    expect(await remove(viewer, manager.membershipId)).toBe('forbidden');
    expect(await remove(tenant.owner, (await join(account, 'owner')).membershipId)).toBe(undefined);
  });
});
