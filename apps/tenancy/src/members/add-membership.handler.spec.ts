import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addMembership, type Caller, listMembers, type MembershipRole, type Scope } from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { type Levels, openLevels } from '../../test/levels.ts';
import { type Member, Tenancy } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let tenant: Levels;
let account: Scope;
let group: Scope;
let inside: Scope;
let outside: Scope;
let manager: Member;
let groupManager: Member;
let organizationManager: Member;
/** Views the account. */
let vera: Member;

beforeAll(async () => {
  tenancy = await Tenancy.start();
  tenant = await openLevels(tenancy);
  ({ account, group, inside, outside, manager, groupManager, organizationManager } = tenant);
  vera = await tenancy.join(tenant.accountId, account, 'viewer', { name: 'Vera' });
});

afterAll(async () => {
  await tenancy.stop();
});

const asked = (userId: string, scope: Scope, role: z.input<typeof MembershipRole>) => ({
  accountId: tenant.accountId,
  userId,
  scope,
  role,
});
const refusal = (caller: Caller, ...given: Parameters<typeof asked>) =>
  tenancy.refusal(addMembership, asked(...given), caller);

describe('a further membership', () => {
  it('is answered as it is, and told with the names of where it leads', async () => {
    const made = await tenancy.ask(addMembership, asked(vera.userId, outside, 'manager'), tenant.owner);
    expect(made).toEqual({
      id: made.id,
      user: { id: vera.userId, name: 'Vera', email: `${vera.userId}@acme.example` },
      scope: { ...outside, name: 'South' },
      role: 'manager',
      createdAt: expect.any(String),
    });
    expect((await tenancy.eventsOf(tenant.accountId)).filter(({ subject }) => subject === made.id)).toMatchObject([
      {
        type: 'dev.valetkey.membership.granted.v1',
        actor: `user:${tenant.ownerId}`,
        sequence: 1,
        data: {
          userId: vera.userId,
          scope: outside,
          role: 'manager',
          scopeName: 'South',
          accountName: 'Acme',
          changes: [{ field: 'role', to: 'manager' }],
        },
      },
    ]);
  });

  it('in a scope where one has a role already is refused', async () => {
    expect(await refusal(tenant.owner, vera.userId, account, 'manager')).toBe('already_member');
  });

  it('of many at once is one', async () => {
    const { userId } = await tenancy.join(tenant.accountId, account, 'viewer');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => refusal(tenant.owner, userId, inside, 'viewer')),
    );
    expect(answers.sort()).toEqual([...Array.from({ length: 9 }, () => 'already_member'), undefined]);
    const { items } = await tenancy.ask(listMembers, { accountId: tenant.accountId, query: userId }, tenant.owner);
    expect(items).toHaveLength(2);
  });

  it('of a stranger, or of another tenant’s member, finds nobody', async () => {
    expect(await refusal(tenant.owner, uuidv7(), inside, 'viewer')).toBe('not_found');
    const { ownerId } = await tenancy.openAccount();
    expect(await refusal(tenant.owner, ownerId, inside, 'viewer')).toBe('not_found');
  });

  it('in a scope of another account, or in none, finds nothing', async () => {
    const other = await tenancy.openAccount();
    const foreign = await tenancy.makeOrganization(other.accountId);
    for (const id of [foreign, uuidv7(), group.id]) {
      expect(await refusal(tenant.owner, vera.userId, { type: 'organization', id }, 'viewer')).toBe('not_found');
    }
    const theirs: Scope = { type: 'account', id: other.accountId };
    expect(await refusal(tenant.owner, vera.userId, theirs, 'viewer')).toBe('not_found');
  });

  it('takes no role that the level does not have', async () => {
    for (const role of ['owner', 'supporter'] as const) {
      expect(await refusal(tenant.owner, vera.userId, group, role)).toBe('role_not_of_scope');
    }
  });

  it('is nobody’s own to take', async () => {
    expect(await refusal(tenant.owner, tenant.ownerId, inside, 'viewer')).toBe('own_role');
    expect(await refusal(groupManager.caller, groupManager.userId, inside, 'viewer')).toBe('own_role');
  });
});

describe('who grants', () => {
  it('as a manager of the account, grants no owner and no supporter', async () => {
    const { userId } = await tenancy.join(tenant.accountId, inside, 'viewer');
    expect(await refusal(manager.caller, userId, account, 'owner')).toBe('forbidden');
    expect(await refusal(manager.caller, userId, account, 'supporter')).toBe('forbidden');
    expect(await refusal(manager.caller, userId, account, 'viewer')).toBe(undefined);
  });

  it('as a manager of a group, grants in it and its organizations only', async () => {
    const { userId } = await tenancy.join(tenant.accountId, inside, 'viewer');
    expect(await refusal(groupManager.caller, userId, group, 'viewer')).toBe(undefined);
    expect(await refusal(groupManager.caller, userId, account, 'viewer')).toBe('forbidden');
    expect(await refusal(groupManager.caller, userId, outside, 'viewer')).toBe('not_found');
  });

  it('as a manager of an organization, knows nobody outside it', async () => {
    expect(await refusal(organizationManager.caller, groupManager.userId, inside, 'viewer')).toBe('not_found');
    expect(await refusal(organizationManager.caller, groupManager.userId, group, 'viewer')).toBe('not_found');
  });

  it('is judged by what they are now', async () => {
    const once = await tenancy.join(tenant.accountId, account, 'manager');
    await tenancy.sql('DELETE FROM memberships WHERE id = $1', [once.membershipId]);
    expect(await refusal(once.caller, vera.userId, inside, 'viewer')).toBe('forbidden');
  });

  it('is a user: an access key writes no members', async () => {
    const key = anyCaller({ kind: 'access_key', accountId: tenant.accountId });
    expect(await refusal(key, vera.userId, inside, 'viewer')).toBe('key_not_allowed');
  });

  it('is no viewer and no supporter', async () => {
    const supporter = await tenancy.join(tenant.accountId, account, 'supporter');
    for (const { caller } of [vera, supporter]) {
      expect(await refusal(caller, groupManager.userId, inside, 'viewer')).toBe('forbidden');
    }
  });
});
