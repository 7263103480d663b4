import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AskOf, Failure, grantMembership, listMembers, type Scope } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let tenant: Tenant;

beforeAll(async () => {
  tenancy = await Tenancy.start();
  tenant = await tenancy.openAccount();
});

afterAll(async () => {
  await tenancy.stop();
});

const anyUser = () => ({ userId: uuidv7(), name: 'Max', primaryEmail: 'max@acme.example', version: 1 });
const grant = (asked: AskOf<typeof grantMembership>) =>
  tenancy.identity.ask(grantMembership, asked, tenancy.service.context());

describe('granting a membership', () => {
  it.each(['account', 'group', 'organization'] as const)('makes a user a member of the %s', async (type) => {
    const { accountId, owner } = tenant;
    const ids = {
      account: accountId,
      group: await tenancy.makeGroup(accountId),
      organization: await tenancy.makeOrganization(accountId),
    };
    const { userId, membershipId } = await tenancy.join(accountId, { type, id: ids[type] }, 'manager');
    const { items } = await tenancy.ask(listMembers, { accountId, query: userId }, owner);
    expect(items).toMatchObject([
      { id: membershipId, user: { id: userId }, scope: { type, id: ids[type] }, role: 'manager' },
    ]);
  });

  it('twenty times at once gives one membership, told once', async () => {
    const { accountId } = await tenancy.openAccount();
    const user = anyUser();
    const asked = { accountId, user, scope: { type: 'account' as const, id: accountId }, role: 'viewer' as const };
    const answers = await Promise.all(Array.from({ length: 20 }, () => grant(asked)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const granted = (await tenancy.eventsOf(accountId)).filter(({ data }) =>
      JSON.stringify(data).includes(user.userId),
    );
    expect(granted).toMatchObject([
      {
        type: 'dev.valetkey.membership.granted.v1',
        sequence: 1,
        data: { userId: user.userId, scope: asked.scope, role: 'viewer' },
      },
    ]);
  });

  it('again with another role leaves the role as it is', async () => {
    const { accountId, owner } = tenant;
    const scope: Scope = { type: 'account', id: accountId };
    const { userId, membershipId } = await tenancy.join(accountId, scope, 'viewer');
    const again = await tenancy.join(accountId, scope, 'owner', { userId });
    expect(again.membershipId).toBe(membershipId);
    expect(await tenancy.ask(listMembers, { accountId, query: userId }, owner)).toMatchObject({
      items: [{ role: 'viewer' }],
    });
  });

  it('in a scope of another account, or in none, finds nothing', async () => {
    const { accountId } = tenant;
    const foreign = await tenancy.openAccount();
    const scopes: Scope[] = [
      { type: 'account', id: foreign.accountId },
      { type: 'group', id: await tenancy.makeGroup(foreign.accountId) },
      { type: 'organization', id: await tenancy.makeOrganization(foreign.accountId) },
      { type: 'organization', id: await tenancy.makeGroup(accountId) },
      { type: 'organization', id: uuidv7() },
    ];
    for (const scope of scopes) {
      expect(await grant({ accountId, user: anyUser(), scope, role: 'viewer' })).toEqual(new Failure('not_found'));
    }
    const nowhere = uuidv7();
    const unknown = await grant({
      accountId: nowhere,
      user: anyUser(),
      scope: { type: 'account', id: nowhere },
      role: 'viewer',
    });
    expect(unknown).toEqual(new Failure('not_found'));
  });

  it('takes no role that the level does not have', async () => {
    const { accountId } = tenant;
    const scope: Scope = { type: 'organization', id: await tenancy.makeOrganization(accountId) };
    for (const role of ['owner', 'supporter', 'partner'] as const) {
      expect(await grant({ accountId, user: anyUser(), scope, role })).toMatchObject({ code: 'malformed' });
    }
  });
});
