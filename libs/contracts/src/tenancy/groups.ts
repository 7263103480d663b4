import { z } from 'zod';
import { allow, anyRole } from '../kernel/access.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { Id, line, Nothing, pageOf, pageQuery, partOf, Timestamp } from '../kernel/fields.ts';
import { dryRun, foretold, ReachChange } from './reach-change.ts';

export const Group = z
  .object({
    id: Id,
    name: z.string(),
    organizations: z
      .number()
      .int()
      .meta({ description: 'How many it has; for those who reach some of them only, how many of those' }),
    createdAt: Timestamp,
  })
  .meta({ id: 'Group' });
export type Group = z.infer<typeof Group>;

/** With the revision that its `ETag` shows. */
export const GroupRevision = Group.extend({ revision: z.number().int() });

const oneGroup = { accountId: Id, groupId: Id };
const path = '/v1/accounts/{accountId}/groups';

export const createGroup = defineCommand({
  subject: 'tenancy.v1.group.create',
  summary: 'Make a group of organizations',
  input: z.strictObject({ accountId: Id, name: line(1, 120) }),
  output: Group,
  errors: ['not_found', 'forbidden', 'name_taken'],
  access: allow({ account: ['owner', 'manager'] }),
  http: { method: 'POST', path, success: 201, creates: {} },
});

export const listGroups = defineQuery({
  subject: 'tenancy.v1.group.list',
  summary: 'Groups of the account within one’s scope, and those of the organizations within it',
  input: z.strictObject({ accountId: Id, query: partOf('name', 120), ...pageQuery }),
  output: pageOf(Group),
  errors: [],
  access: allow(anyRole),
  http: { method: 'GET', path, success: 200 },
});

export const getGroup = defineQuery({
  subject: 'tenancy.v1.group.get',
  summary: 'One group',
  input: z.strictObject(oneGroup),
  output: GroupRevision,
  errors: ['not_found'],
  access: allow(anyRole),
  http: { method: 'GET', path: `${path}/{groupId}`, success: 200 },
});

export const updateGroup = defineCommand({
  subject: 'tenancy.v1.group.update',
  summary: 'Rename a group',
  input: z.strictObject({ ...oneGroup, name: line(1, 120).optional(), ...dryRun }),
  output: z.union([GroupRevision, ReachChange]),
  errors: ['not_found', 'forbidden', 'name_taken', 'precondition_failed'],
  access: allow({ account: ['owner', 'manager'] }),
  http: {
    method: 'PATCH',
    path: `${path}/{groupId}`,
    success: 200,
    query: ['dryRun'],
    answer: GroupRevision,
    otherwise: foretold,
  },
});

export const deleteGroup = defineCommand({
  subject: 'tenancy.v1.group.delete',
  summary: 'Delete a group with its memberships, invitations, access keys and login tokens; its organizations stay',
  input: z.strictObject({ ...oneGroup, ...dryRun }),
  output: z.union([ReachChange, Nothing]),
  errors: ['not_found', 'forbidden'],
  access: allow({ account: ['owner', 'manager'] }),
  http: { method: 'DELETE', path: `${path}/{groupId}`, success: 204, otherwise: foretold },
});
