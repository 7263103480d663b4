import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  acceptInvitation,
  cancelInvitation,
  createInvitation,
  Failure,
  findInvitation,
  isInvitationWanted,
  listInvitations,
  listMembers,
  resendInvitation,
  type Scope,
} from '@valetkey/contracts';
import { hashSecret, makeSecret } from '@valetkey/credentials';
import { v7 as uuidv7 } from 'uuid';
import { succeed, Tenancy, type Tenant } from '../../test/tenancy.ts';

const DAY_MS = 24 * 3_600_000;
const notFound = new Failure('not_found');

let tenancy: Tenancy;
let tenant: Tenant;
let scope: Scope;

beforeAll(async () => {
  tenancy = await Tenancy.start();
  tenant = await tenancy.openAccount();
  scope = { type: 'organization', id: await tenancy.makeOrganization(tenant.accountId, { name: 'North' }) };
});

afterAll(async () => {
  await tenancy.stop();
});

/** An invitation with its mailed secret. */
async function invited(role: 'manager' | 'viewer' = 'viewer') {
  const email = `${uuidv7()}@invited.example`;
  tenancy.service.clock.advance(1);
  const asked = { accountId: tenant.accountId, email, scope, role };
  const { id: invitationId } = await tenancy.ask(createInvitation, asked, tenant.owner);
  const { secret, mailId } = await tenancy.mails.to(email);
  return { invitationId, accountId: tenant.accountId, email, mailId, secretHash: hashSecret(secret) };
}

const anyUser = (userId = uuidv7()) => ({
  userId,
  name: 'Grace',
  primaryEmail: `${userId}@invited.example`,
  version: 1,
});
const accept = (secretHash: string, user = anyUser()) =>
  tenancy.identity.ask(acceptInvitation, { secretHash, user }, tenancy.service.context());
const find = (secretHash: string) => tenancy.identity.ask(findInvitation, { secretHash }, tenancy.service.context());

async function isWanted({ invitationId, mailId }: { invitationId: string; mailId: string }): Promise<boolean> {
  const notifications = await tenancy.service.as('notifications');
  const asked = { invitationId, mailId };
  return succeed(await notifications.ask(isInvitationWanted, asked, tenancy.service.context())).wanted;
}

describe('accepting an invitation', () => {
  it('makes the user the member that it names, and tells both', async () => {
    const { secretHash, invitationId, accountId, email } = await invited('manager');
    const user = anyUser();
    const membership = succeed(await accept(secretHash, user));
    expect(membership).toMatchObject({
      user: { id: user.userId, name: 'Grace', email: user.primaryEmail },
      scope: { ...scope, name: 'North' },
      role: 'manager',
    });
    const events = (await tenancy.eventsOf(accountId)).slice(-2);
    expect(events).toMatchObject([
      {
        type: 'dev.valetkey.membership.granted.v1',
        subject: membership.id,
        actor: `user:${user.userId}`,
        data: { userId: user.userId, scope, role: 'manager' },
      },
      {
        type: 'dev.valetkey.invitation.accepted.v1',
        subject: invitationId,
        sequence: 2,
        data: {
          membershipId: membership.id,
          userId: user.userId,
          invitedBy: { id: tenant.ownerId },
          accountName: 'Acme',
        },
      },
    ]);
    expect(JSON.stringify(events)).not.toContain(email);
    const { items } = await tenancy.ask(listInvitations, { accountId, status: 'accepted', query: email }, tenant.owner);
    expect(items).toMatchObject([{ id: invitationId }]);
  });

  it('again by the same user answers the membership again', async () => {
    const { secretHash } = await invited();
    const user = anyUser();
    const membership = await accept(secretHash, user);
    expect(await accept(secretHash, user)).toEqual(membership);
    expect(await accept(secretHash)).toEqual(notFound);
  });

  it('by a hundred users at once makes one of them a member', async () => {
    const { secretHash, accountId } = await invited();
    const before = (await tenancy.eventsOf(accountId)).length;
    const answers = await Promise.all(Array.from({ length: 100 }, () => accept(secretHash)));
    expect(answers.filter((answer) => !(answer instanceof Failure))).toHaveLength(1);
    expect(answers.filter((answer) => answer instanceof Failure)).toEqual(Array.from({ length: 99 }, () => notFound));
    const told = (await tenancy.eventsOf(accountId)).slice(before).map(({ type }) => type);
    expect(told).toEqual(['dev.valetkey.membership.granted.v1', 'dev.valetkey.invitation.accepted.v1']);
  });

  it('twice at once by one user grants once', async () => {
    const { secretHash, accountId } = await invited();
    const user = anyUser();
    const answers = await Promise.all(Array.from({ length: 10 }, () => accept(secretHash, user)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const { items } = await tenancy.ask(listMembers, { accountId, query: user.userId }, tenant.owner);
    expect(items).toHaveLength(1);
  });

  it('by one who has a role in the scope already is refused, and stays pending', async () => {
    const { secretHash, accountId } = await invited('manager');
    const { userId } = await tenancy.join(accountId, scope, 'viewer');
    expect(await accept(secretHash, anyUser(userId))).toEqual(new Failure('already_member'));
    expect(await find(secretHash)).toMatchObject({ accountName: 'Acme' });
  });

  it('of one’s own making is refused, and stays pending; ended it is nobody’s', async () => {
    const { secretHash } = await invited();
    const owner = anyUser(tenant.ownerId);
    expect(await accept(secretHash, owner)).toMatchObject({ code: 'own_role' });
    expect(await find(secretHash)).toMatchObject({ accountName: 'Acme' });
    succeed(await accept(secretHash));
    expect(await accept(secretHash, owner)).toEqual(notFound);
  });

  it('keeps a newer profile', async () => {
    const { secretHash, accountId } = await invited();
    const user = { ...anyUser(), version: 3 };
    await accept(secretHash, user);
    const later = await invited();
    const elsewhere: Scope = { type: 'organization', id: await tenancy.makeOrganization(accountId) };
    await tenancy.sql('UPDATE invitations SET scope_id = $2 WHERE id = $1', [later.invitationId, elsewhere.id]);
    expect(await accept(later.secretHash, { ...user, version: 2, name: 'Old name' })).toMatchObject({
      user: { name: 'Grace' },
    });
  });
});

describe('an invitation', () => {
  it('is found by its secret while it is pending, and its mail is wanted', async () => {
    const { secretHash, invitationId, accountId, email, mailId } = await invited();
    expect(await find(secretHash)).toEqual({
      invitationId,
      email,
      accountId,
      accountName: 'Acme',
      inviterName: 'Max Member',
      role: 'viewer',
      scope: { ...scope, name: 'North' },
      expiresAt: expect.any(String),
    });
    expect(await isWanted({ invitationId, mailId })).toBe(true);
    expect(await find(hashSecret(makeSecret('vki')))).toEqual(notFound);
  });

  it.each([
    ['accepted', async ({ secretHash }) => succeed(await accept(secretHash))],
    [
      'canceled',
      async ({ accountId, invitationId }) => tenancy.ask(cancelInvitation, { accountId, invitationId }, tenant.owner),
    ],
    [
      'sent again',
      async ({ accountId, invitationId }) => tenancy.ask(resendInvitation, { accountId, invitationId }, tenant.owner),
    ],
    ['past its seven days', async () => tenancy.service.clock.advance(7 * DAY_MS)],
    [
      'of a deleted account',
      async ({ accountId }) =>
        tenancy.sql('UPDATE accounts SET deleted_at = $2 WHERE id = $1', [accountId, tenancy.service.clock.now()]),
    ],
  ] satisfies [string, (one: Awaited<ReturnType<typeof invited>>) => Promise<unknown>][])(
    'that is %s is not, nor accepted, nor is its mail wanted',
    async (_what, end) => {
      const one = await invited();
      await end(one);
      expect(await find(one.secretHash)).toEqual(notFound);
      expect(await accept(one.secretHash)).toEqual(notFound);
      expect(await isWanted(one)).toBe(false);
    },
  );
});
