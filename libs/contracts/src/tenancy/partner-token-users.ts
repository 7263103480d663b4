import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { Id, Nothing, pageOf, pageQuery, partOf } from '../kernel/fields.ts';
import { PartnerUser, PartnerUserRevision, permissionNames } from './partnership.ts';

const path = '/v1/accounts/{accountId}/partner-tokens/{partnerTokenId}/users';
const onePartnerToken = { accountId: Id, partnerTokenId: Id };
const onePartnerUser = { ...onePartnerToken, userId: Id };

const write = allow({ account: ['owner', 'manager'] }, { module: 'partner', keys: false });
const read = allow({ account: ['owner', 'manager', 'viewer'] }, { module: 'partner' });

export const authorizePartnerUsers = defineCommand({
  subject: 'tenancy.v1.partner-user.authorize',
  summary: 'Let members of the account into the client’s, with permissions within the ceiling; all of them or none',
  input: z.strictObject({
    ...onePartnerToken,
    userIds: z
      .array(Id)
      .min(1)
      .max(100)
      .transform((ids) => [...new Set(ids)]),
    permissions: permissionNames({ least: 1 }),
  }),
  output: z.object({ items: z.array(PartnerUser) }),
  errors: ['not_found', 'forbidden', 'partnership_not_active', 'not_a_member', 'above_ceiling', 'already_authorized'],
  access: write,
  http: { method: 'POST', path, success: 201, creates: {} },
});

export const listPartnerTokenUsers = defineQuery({
  subject: 'tenancy.v1.partner-token.list-users',
  summary: 'Members of the account who may enter the client’s; none of a partnership that has ended',
  input: z.strictObject({ ...onePartnerToken, query: partOf('name', 120), ...pageQuery }),
  output: pageOf(PartnerUser),
  errors: ['not_found'],
  access: read,
  http: { method: 'GET', path, success: 200 },
});

export const updatePartnerUser = defineCommand({
  subject: 'tenancy.v1.partner-user.update',
  summary: 'Grant a partnership’s user other permissions within the ceiling',
  input: z.strictObject({ ...onePartnerUser, permissions: permissionNames({ least: 1 }) }),
  output: PartnerUserRevision,
  errors: ['not_found', 'forbidden', 'partnership_not_active', 'above_ceiling', 'precondition_failed'],
  access: write,
  http: { method: 'PATCH', path: `${path}/{userId}`, success: 200 },
});

export const revokePartnerUser = defineCommand({
  subject: 'tenancy.v1.partner-user.revoke',
  summary: 'Take from a partnership’s user what they were granted, at once',
  input: z.strictObject(onePartnerUser),
  output: Nothing,
  errors: ['not_found', 'forbidden'],
  access: write,
  http: { method: 'DELETE', path: `${path}/{userId}`, success: 204 },
});
