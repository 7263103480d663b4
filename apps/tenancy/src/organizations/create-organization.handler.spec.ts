import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createOrganization, listOrganizations } from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
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

describe('making an organization', () => {
  it('answers it and tells it', async () => {
    const { accountId, owner } = tenant;
    const made = await tenancy.ask(createOrganization, { accountId, name: 'North' }, owner);
    expect(made).toEqual({ id: made.id, name: 'North', createdAt: '2026-03-01T12:00:00.000Z' });
    const told = (await tenancy.eventsOf(accountId)).filter(({ subject }) => subject === made.id);
    expect(told).toMatchObject([
      { type: 'dev.valetkey.organization.created.v1', sequence: 1, data: { name: 'North' } },
    ]);
  });

  it('under a name that the account has is refused, under another account’s is not', async () => {
    const other = await tenancy.openAccount();
    await tenancy.ask(createOrganization, { accountId: tenant.accountId, name: 'Taken' }, tenant.owner);
    const again = { accountId: tenant.accountId, name: ' Taken ' };
    expect(await tenancy.refusal(createOrganization, again, tenant.owner)).toBe('name_taken');
    expect(
      await tenancy.ask(createOrganization, { accountId: other.accountId, name: 'Taken' }, other.owner),
    ).toMatchObject({ name: 'Taken' });
  });

  it('of one name, many at once, makes one', async () => {
    const { accountId, owner } = await tenancy.openAccount();
    const refusals = await Promise.all(
      Array.from({ length: 10 }, () => tenancy.refusal(createOrganization, { accountId, name: 'North' }, owner)),
    );
    expect(refusals.sort()).toEqual([...Array.from({ length: 9 }, () => 'name_taken'), undefined]);
    expect((await tenancy.ask(listOrganizations, { accountId }, owner)).items).toHaveLength(1);
  });

  it('is for owners and managers of the account, by what they are now', async () => {
    const { accountId } = tenant;
    const asked = { accountId, name: 'East' };
    const viewer = await tenancy.join(accountId, { type: 'account', id: accountId }, 'viewer');
    expect(await tenancy.refusal(createOrganization, asked, viewer.caller)).toBe('forbidden');
    const manager = await tenancy.join(accountId, { type: 'account', id: accountId }, 'manager');
    await tenancy.sql('DELETE FROM memberships WHERE id = $1', [manager.membershipId]);
    expect(await tenancy.refusal(createOrganization, asked, manager.caller)).toBe('forbidden');
  });

  it('takes an access key at its word: what it carries is not a membership', async () => {
    const { accountId } = tenant;
    const subject = { type: 'access-key' as const, id: '0197c0de-0000-7000-8000-000000000001', name: 'CI' };
    const grants = [{ scope: { type: 'account' as const, id: accountId }, role: 'manager' as const }];
    const key = anyCaller({ kind: 'access_key', accountId, subject, grants });
    expect(await tenancy.ask(createOrganization, { accountId, name: 'West' }, key)).toMatchObject({ name: 'West' });
  });
});
