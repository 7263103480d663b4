import { z } from 'zod';
import { allow, anyRole, services } from '../kernel/access.ts';
import { Role, Scope, ScopeType } from '../kernel/caller.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { EmailAddress, Id, line, pageOf, pageQuery, Timestamp } from '../kernel/fields.ts';

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

export const listMembers = defineQuery({
  subject: 'tenancy.v1.membership.list',
  summary: 'Members of the account within one’s scope',
  input: z.strictObject({
    accountId: Id,
    query: line(1, 120).optional(),
    role: Role.optional(),
    scopeType: ScopeType.optional(),
    ...pageQuery,
  }),
  output: pageOf(Membership),
  errors: [],
  access: allow(anyRole),
  http: { method: 'GET', path: '/v1/accounts/{accountId}/members', success: 200 },
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
    .refine(
      ({ scope, role }) => anyRole[scope.type]?.includes(role) ?? false,
      'names a role of the level of its scope',
    ),
  output: z.object({ membershipId: Id }),
  errors: ['not_found'],
  access: services('identity', 'seed'),
});
