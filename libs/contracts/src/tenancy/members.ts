import { z } from 'zod';
import { User } from '../identity/own-user.ts';
import { type AccountRoles, allow, anyRole, isRoleOf, services } from '../kernel/access.ts';
import { Role, Scope, ScopeType } from '../kernel/caller.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { EmailAddress, Id, Named, Nothing, pageOf, pageQuery, partOf, Timestamp } from '../kernel/fields.ts';

export const Membership = z
  .object({
    id: Id,
    user: z.object({ id: Id, name: z.string(), email: z.string() }),
    scope: z.object({ type: ScopeType, id: Id, name: z.string() }),
    role: Role,
    createdAt: Timestamp,
  })
  .meta({ id: 'Membership' });
export type Membership = z.infer<typeof Membership>;

/** With the revision that its `ETag` shows. */
export const MembershipRevision = Membership.extend({ revision: z.number().int() });

/** A partner has no membership; which of these there are at a level, the service judges. */
export const MembershipRole = Role.exclude(['partner']);

export const membershipScope = Scope.meta({ description: 'The account, or one of its groups or organizations' });

/** Whoever manages members and invitations somewhere; where, and of which roles, the service judges. */
export const membershipManagers: AccountRoles = {
  account: ['owner', 'manager'],
  group: ['manager'],
  organization: ['manager'],
};

const path = '/v1/accounts/{accountId}/members';
const oneMembership = { accountId: Id, membershipId: Id };
const oneMember = { accountId: Id, userId: Id };

export const listMembers = defineQuery({
  subject: 'tenancy.v1.membership.list',
  summary: 'Members of the account within one’s scope',
  input: z.strictObject({
    accountId: Id,
    query: partOf('name, the address or the id', 120),
    role: Role.optional().meta({ description: 'With this role alone' }),
    scopeType: ScopeType.optional().meta({ description: 'At this level alone' }),
    ...pageQuery,
  }),
  output: pageOf(Membership),
  errors: [],
  access: allow(anyRole),
  http: { method: 'GET', path, success: 200 },
});

export const grantMembership = defineCommand({
  subject: 'tenancy.v1.membership.grant',
  summary: 'Make a user a member, asked for by a service that has checked the right to; idempotent by user and scope',
  input: z
    .strictObject({
      accountId: Id,
      user: z.strictObject({ userId: Id, name: z.string(), primaryEmail: EmailAddress, version: z.number().int() }),
      scope: Scope,
      role: Role,
    })
    .refine(({ scope, role }) => isRoleOf(scope.type, role), 'names a role of the level of its scope'),
  output: z.object({ membershipId: Id }),
  errors: ['not_found'],
  access: services('identity', 'seed'),
});

export const addMembership = defineCommand({
  subject: 'tenancy.v1.membership.add',
  summary: 'Give a member a further role, in another scope of the account',
  input: z.strictObject({ accountId: Id, userId: Id, scope: membershipScope, role: MembershipRole }),
  output: Membership,
  errors: ['not_found', 'forbidden', 'own_role', 'already_member', 'role_not_of_scope'],
  access: allow(membershipManagers, { keys: false }),
  http: { method: 'POST', path, success: 201, creates: {} },
});

export const changeRole = defineCommand({
  subject: 'tenancy.v1.membership.change-role',
  summary: 'Change the role of a membership',
  input: z.strictObject({ ...oneMembership, role: MembershipRole }),
  output: MembershipRevision,
  errors: ['not_found', 'forbidden', 'own_role', 'role_not_of_scope', 'precondition_failed'],
  access: allow(membershipManagers, { keys: false }),
  http: { method: 'PATCH', path: `${path}/{membershipId}`, success: 200 },
});

export const removeMembership = defineCommand({
  subject: 'tenancy.v1.membership.remove',
  summary: 'Remove a membership; what it gave is gone at once',
  input: z.strictObject(oneMembership),
  output: Nothing,
  errors: ['not_found', 'forbidden', 'own_role'],
  access: allow(membershipManagers, { keys: false }),
  http: { method: 'DELETE', path: `${path}/{membershipId}`, success: 204 },
});

export const leaveAccount = defineCommand({
  subject: 'tenancy.v1.membership.leave',
  summary: 'Leave the account: all of one’s memberships in it end',
  input: z.strictObject({ accountId: Id }),
  output: Nothing,
  errors: ['not_found', 'last_owner'],
  access: allow(anyRole, { keys: false }),
  http: { method: 'DELETE', path: `${path}/me`, success: 204 },
});

export const listMemberEmails = defineQuery({
  subject: 'tenancy.v1.membership.list-emails',
  summary: 'The verified addresses of a member',
  input: z.strictObject(oneMember),
  output: z.array(z.object({ id: Id, email: z.string() })),
  errors: ['not_found'],
  access: allow({ account: ['owner', 'supporter'] }),
  http: { method: 'GET', path: `${path}/{userId}/emails`, success: 200 },
});

export const resetMemberTwoFactor = defineCommand({
  subject: 'tenancy.v1.membership.reset-two-factor',
  summary: 'Turn off the two-factor authentication of a member who belongs to this account alone',
  input: z.strictObject(oneMember),
  output: User,
  errors: ['not_found', 'forbidden', 'own_role', 'two_factor_off'],
  access: allow({ account: ['owner'] }, { keys: false }),
  http: { method: 'POST', path: `${path}/{userId}/two-factor-reset`, success: 200 },
});

export const listMembershipAccounts = defineQuery({
  subject: 'tenancy.v1.membership.accounts',
  summary: 'The accounts in which a user has a membership, at whatever level',
  input: z.strictObject({ userId: Id }),
  output: z.object({ accounts: z.array(Named) }),
  errors: [],
  access: services('identity', 'audit', 'notifications'),
});
