import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { Id, line, Nothing, pageOf, pageQuery, partOf } from '../kernel/fields.ts';
import { PartnershipStatus, PartnerToken, PartnerTokenRevision } from './partnership.ts';

const path = '/v1/accounts/{accountId}/partner-tokens';
const onePartnerToken = { accountId: Id, partnerTokenId: Id };

const write = allow({ account: ['owner', 'manager'] }, { module: 'partner', keys: false });
const read = allow({ account: ['owner', 'manager', 'viewer'] }, { module: 'partner' });

export const createPartnerToken = defineCommand({
  subject: 'tenancy.v1.partner-token.create',
  summary: 'Make a partner token for a client to paste within thirty days; its secret is shown this once',
  input: z.strictObject({
    accountId: Id,
    clientName: line(1, 120).optional().meta({ description: 'For whom it is; nobody else sees this' }),
  }),
  output: z.object({ partnerToken: PartnerToken, secret: z.string() }),
  errors: ['not_found', 'forbidden'],
  access: write,
  http: { method: 'POST', path, success: 201, creates: { member: 'partnerToken' } },
});

export const listPartnerTokens = defineQuery({
  subject: 'tenancy.v1.partner-token.list',
  summary: 'Partnerships in which the account is the provider',
  input: z.strictObject({
    accountId: Id,
    status: PartnershipStatus.optional().meta({ description: 'In this state alone' }),
    query: partOf('client’s name, of the name the provider gave it, or of the id', 120),
    ...pageQuery,
  }),
  output: pageOf(PartnerToken),
  errors: [],
  access: read,
  http: { method: 'GET', path, success: 200 },
});

export const getPartnerToken = defineQuery({
  subject: 'tenancy.v1.partner-token.get',
  summary: 'One partnership in which the account is the provider',
  input: z.strictObject(onePartnerToken),
  output: PartnerTokenRevision,
  errors: ['not_found'],
  access: read,
  http: { method: 'GET', path: `${path}/{partnerTokenId}`, success: 200 },
});

export const deletePartnerToken = defineCommand({
  subject: 'tenancy.v1.partner-token.delete',
  summary: 'Delete a partner token; a partnership that came of it ends for good, at once',
  input: z.strictObject(onePartnerToken),
  output: Nothing,
  errors: ['not_found', 'forbidden'],
  access: write,
  http: { method: 'DELETE', path: `${path}/{partnerTokenId}`, success: 204 },
});

export const disablePartnerToken = defineCommand({
  subject: 'tenancy.v1.partner-token.disable',
  summary: 'Suspend what a partnership’s users are granted, and keep it',
  input: z.strictObject(onePartnerToken),
  output: PartnerTokenRevision,
  errors: ['not_found', 'forbidden', 'partnership_not_active'],
  access: write,
  http: { method: 'POST', path: `${path}/{partnerTokenId}/disable`, success: 200 },
});

export const activatePartnerToken = defineCommand({
  subject: 'tenancy.v1.partner-token.activate',
  summary: 'Bring back what was suspended of a disabled partnership',
  input: z.strictObject(onePartnerToken),
  output: PartnerTokenRevision,
  errors: ['not_found', 'forbidden', 'partnership_not_active'],
  access: write,
  http: { method: 'POST', path: `${path}/{partnerTokenId}/activate`, success: 200 },
});
