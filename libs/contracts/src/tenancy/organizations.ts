import { z } from 'zod';
import { allow, anyRole } from '../kernel/access.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { Id, line, Named, pageOf, pageQuery, Timestamp } from '../kernel/fields.ts';

export const Organization = z
  .object({ id: Id, name: z.string(), group: Named.optional(), createdAt: Timestamp })
  .meta({ id: 'Organization' });
export type Organization = z.infer<typeof Organization>;

const path = '/v1/accounts/{accountId}/organizations';
const reads = { also: ['login_token', 'access_link'] } as const;

export const createOrganization = defineCommand({
  subject: 'tenancy.v1.organization.create',
  summary: 'Make an organization',
  input: z.strictObject({ accountId: Id, name: line(1, 120) }),
  output: Organization,
  errors: ['not_found', 'forbidden', 'name_taken'],
  access: allow({ account: ['owner', 'manager'] }),
  http: { method: 'POST', path, success: 201, creates: {} },
});

export const listOrganizations = defineQuery({
  subject: 'tenancy.v1.organization.list',
  summary: 'Organizations of the account within one’s scope',
  input: z.strictObject({ accountId: Id, query: line(1, 120).optional(), ...pageQuery }),
  output: pageOf(Organization),
  errors: [],
  access: allow(anyRole, reads),
  http: { method: 'GET', path, success: 200 },
});

export const getOrganization = defineQuery({
  subject: 'tenancy.v1.organization.get',
  summary: 'One organization',
  input: z.strictObject({ accountId: Id, organizationId: Id }),
  output: Organization.extend({ revision: z.number().int() }),
  errors: ['not_found'],
  access: allow(anyRole),
  http: { method: 'GET', path: `${path}/{organizationId}`, success: 200 },
});
