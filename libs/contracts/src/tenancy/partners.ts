import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { Id, Nothing, opaque, pageOf, pageQuery, partOf } from '../kernel/fields.ts';
import { Partner, PartnerRevision, PartnerStatus, PartnerUser, permissionNames } from './partnership.ts';

const path = '/v1/accounts/{accountId}/partners';
const onePartner = { accountId: Id, partnerId: Id };

const write = allow({ account: ['owner'] }, { module: 'client', keys: false });
const read = allow({ account: ['owner', 'manager', 'viewer'] }, { module: 'client' });

export const createPartner = defineCommand({
  subject: 'tenancy.v1.partner.create',
  summary:
    'Take up a partner token: from now on the partner company’s users may be let in, under the ceiling given here',
  input: z.strictObject({
    accountId: Id,
    token: opaque(1, 200).meta({ description: 'The secret of the partner token, as the partner company gave it' }),
    permissions: permissionNames({ least: 1 }),
  }),
  output: Partner,
  errors: ['not_found', 'forbidden', 'unknown_token', 'own_token', 'unknown_permission', 'partnership_exists'],
  access: write,
  http: { method: 'POST', path, success: 201, creates: {} },
});

export const listPartners = defineQuery({
  subject: 'tenancy.v1.partner.list',
  summary: 'Partnerships in which the account is the client',
  input: z.strictObject({
    accountId: Id,
    status: PartnerStatus.optional().meta({ description: 'In this state alone' }),
    query: partOf('partner company’s name, or of the id', 120),
    ...pageQuery,
  }),
  output: pageOf(Partner),
  errors: [],
  access: read,
  http: { method: 'GET', path, success: 200 },
});

export const getPartner = defineQuery({
  subject: 'tenancy.v1.partner.get',
  summary: 'One partnership in which the account is the client',
  input: z.strictObject(onePartner),
  output: PartnerRevision,
  errors: ['not_found'],
  access: read,
  http: { method: 'GET', path: `${path}/{partnerId}`, success: 200 },
});

export const updatePartner = defineCommand({
  subject: 'tenancy.v1.partner.update',
  summary: 'Change the ceiling: narrowing it narrows every user’s grant for good, widening it restores nothing',
  input: z.strictObject({ ...onePartner, permissions: permissionNames({ least: 0 }).optional() }),
  output: PartnerRevision,
  errors: ['not_found', 'forbidden', 'partnership_not_active', 'unknown_permission', 'precondition_failed'],
  access: write,
  http: { method: 'PATCH', path: `${path}/{partnerId}`, success: 200 },
});

export const deletePartner = defineCommand({
  subject: 'tenancy.v1.partner.delete',
  summary: 'Revoke a partnership for good; none of its users may do anything in the account from now on',
  input: z.strictObject(onePartner),
  output: Nothing,
  errors: ['not_found', 'forbidden', 'partnership_not_active'],
  access: write,
  http: { method: 'DELETE', path: `${path}/{partnerId}`, success: 204 },
});

export const listPartnerUsers = defineQuery({
  subject: 'tenancy.v1.partner.list-users',
  summary: 'The partner company’s users who may enter the account; none of a partnership that has ended',
  input: z.strictObject({ ...onePartner, query: partOf('name', 120), ...pageQuery }),
  output: pageOf(PartnerUser),
  errors: ['not_found'],
  access: read,
  http: { method: 'GET', path: `${path}/{partnerId}/users`, success: 200 },
});
