import { z } from 'zod';
import { allow, anyRole } from '../kernel/access.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { Id, line, Named, Nothing, pageOf, pageQuery, partOf, Timestamp } from '../kernel/fields.ts';
import { dryRun, foretold, ReachChange } from './reach-change.ts';

export const Organization = z
  .object({ id: Id, name: z.string(), group: Named.optional(), createdAt: Timestamp })
  .meta({ id: 'Organization' });
export type Organization = z.infer<typeof Organization>;

/** With the revision that its `ETag` shows. */
export const OrganizationRevision = Organization.extend({ revision: z.number().int() });

const oneOrganization = { accountId: Id, organizationId: Id };
const path = '/v1/accounts/{accountId}/organizations';
const reads = { also: ['login_token', 'access_link'] } as const;

export const createOrganization = defineCommand({
  subject: 'tenancy.v1.organization.create',
  summary: 'Make an organization',
  input: z.strictObject({ accountId: Id, name: line(1, 120), groupId: Id.optional() }),
  output: Organization,
  errors: ['not_found', 'forbidden', 'name_taken'],
  access: allow({ account: ['owner', 'manager'] }),
  http: { method: 'POST', path, success: 201, creates: {} },
});

export const listOrganizations = defineQuery({
  subject: 'tenancy.v1.organization.list',
  summary: 'Organizations of the account within one’s scope',
  input: z.strictObject({
    accountId: Id,
    query: partOf('name', 120),
    groupId: Id.optional().meta({ description: 'Of this group alone' }),
    ...pageQuery,
  }),
  output: pageOf(Organization),
  errors: [],
  access: allow(anyRole, reads),
  http: { method: 'GET', path, success: 200 },
});

export const getOrganization = defineQuery({
  subject: 'tenancy.v1.organization.get',
  summary: 'One organization',
  input: z.strictObject(oneOrganization),
  output: OrganizationRevision,
  errors: ['not_found'],
  access: allow(anyRole),
  http: { method: 'GET', path: `${path}/{organizationId}`, success: 200 },
});

export const updateOrganization = defineCommand({
  subject: 'tenancy.v1.organization.update',
  summary: 'Rename an organization, or move it to another group or, with null, out of its group; what is absent stays',
  input: z.strictObject({
    ...oneOrganization,
    name: line(1, 120).optional(),
    groupId: Id.nullable().optional(),
    ...dryRun,
  }),
  output: z.union([OrganizationRevision, ReachChange]),
  errors: ['not_found', 'forbidden', 'name_taken', 'precondition_failed'],
  access: allow({ account: ['owner', 'manager'], group: ['manager'], organization: ['manager'] }),
  http: {
    method: 'PATCH',
    path: `${path}/{organizationId}`,
    success: 200,
    query: ['dryRun'],
    answer: OrganizationRevision,
    otherwise: foretold,
  },
});

export const deleteOrganization = defineCommand({
  subject: 'tenancy.v1.organization.delete',
  summary: 'Delete an organization with its memberships, invitations, access keys and login tokens',
  input: z.strictObject({ ...oneOrganization, ...dryRun }),
  output: z.union([ReachChange, Nothing]),
  errors: ['not_found', 'forbidden'],
  access: allow({ account: ['owner', 'manager'] }),
  http: { method: 'DELETE', path: `${path}/{organizationId}`, success: 204, otherwise: foretold },
});
