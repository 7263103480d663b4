import { z } from 'zod';
import { allow, anyRole, services } from '../kernel/access.ts';
import { Role, Scope, ScopeType } from '../kernel/caller.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { EmailAddress, Id, Named, Nothing, pageOf, pageQuery, partOf, Timestamp } from '../kernel/fields.ts';
import { Membership, MembershipRole, membershipManagers, membershipScope } from './members.ts';

/** pending → accepted, canceled or expired. */
export const InvitationStatus = z.enum(['pending', 'accepted', 'canceled', 'expired']);
export type InvitationStatus = z.infer<typeof InvitationStatus>;

export const Invitation = z
  .object({
    id: Id,
    email: z.string(),
    scope: Scope,
    role: Role,
    status: InvitationStatus,
    expiresAt: Timestamp,
    createdAt: Timestamp,
    createdBy: Named,
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof Invitation>;

const path = '/v1/accounts/{accountId}/invitations';
const oneInvitation = { accountId: Id, invitationId: Id };

export const listInvitations = defineQuery({
  subject: 'tenancy.v1.invitation.list',
  summary: 'Invitations of the account within one’s scope',
  input: z.strictObject({
    accountId: Id,
    status: InvitationStatus.optional().meta({ description: 'In this state alone' }),
    query: partOf('address', 120),
    ...pageQuery,
  }),
  output: pageOf(Invitation),
  errors: [],
  access: allow(anyRole),
  http: { method: 'GET', path, success: 200 },
});

export const createInvitation = defineCommand({
  subject: 'tenancy.v1.invitation.create',
  summary: 'Invite an address to a role in a scope, by mail; the invitation is good for seven days',
  input: z.strictObject({ accountId: Id, email: EmailAddress, scope: membershipScope, role: MembershipRole }),
  output: Invitation,
  errors: ['not_found', 'forbidden', 'own_role', 'already_member', 'already_invited', 'role_not_of_scope'],
  access: allow(membershipManagers, { keys: false }),
  http: { method: 'POST', path, success: 201, creates: {} },
});

export const cancelInvitation = defineCommand({
  subject: 'tenancy.v1.invitation.cancel',
  summary: 'Cancel a pending invitation; its secret is dead at once',
  input: z.strictObject(oneInvitation),
  output: Nothing,
  errors: ['not_found', 'forbidden', 'invitation_ended'],
  access: allow(membershipManagers, { keys: false }),
  http: { method: 'DELETE', path: `${path}/{invitationId}`, success: 204 },
});

export const resendInvitation = defineCommand({
  subject: 'tenancy.v1.invitation.resend',
  summary: 'Mail a pending invitation again, with a new secret and seven new days; the old secret is dead',
  input: z.strictObject(oneInvitation),
  output: Invitation,
  errors: ['not_found', 'forbidden', 'invitation_ended'],
  access: allow(membershipManagers, { keys: false }),
  http: { method: 'POST', path: `${path}/{invitationId}/resend`, success: 200 },
});

/** SHA-256 of the mailed secret, in the form that `hashSecret` gives it. */
const secretHash = z.string().length(43);

export const findInvitation = defineQuery({
  subject: 'tenancy.v1.invitation.find',
  summary: 'The pending invitation that a mailed secret belongs to; consumes nothing',
  input: z.strictObject({ secretHash }),
  output: z.object({
    invitationId: Id,
    email: z.string(),
    accountId: Id,
    accountName: z.string(),
    inviterName: z.string(),
    role: Role,
    scope: z.object({ type: ScopeType, id: Id, name: z.string() }),
    expiresAt: Timestamp,
  }),
  errors: ['not_found'],
  access: services('identity'),
});

export const acceptInvitation = defineCommand({
  subject: 'tenancy.v1.invitation.accept',
  summary:
    'Make a user, who has been found to hold the invited address, the member that an invitation names; ' +
    'idempotent by secret and user. Nobody accepts an invitation of their own',
  input: z.strictObject({
    secretHash,
    user: z.strictObject({ userId: Id, name: z.string(), primaryEmail: EmailAddress, version: z.number().int() }),
  }),
  output: Membership,
  errors: ['not_found', 'own_role', 'already_member'],
  access: services('identity'),
});

export const isInvitationWanted = defineQuery({
  subject: 'tenancy.v1.invitation.is-wanted',
  summary: 'Whether an invitation still waits for the secret in this mail: a resend is another mail',
  input: z.strictObject({ invitationId: Id, mailId: Id }),
  output: z.object({ wanted: z.boolean() }),
  errors: [],
  access: services('notifications'),
});
