import { z } from 'zod';
import { signedIn } from '../kernel/access.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { line, pageOf, pageQuery, partOf } from '../kernel/fields.ts';
import { Account } from './account.ts';

const path = '/v1/accounts';

export const listAccounts = defineQuery({
  subject: 'tenancy.v1.account.list',
  summary: 'One’s own accounts: those one is a member of; an access key’s the one it belongs to',
  input: z.strictObject({ query: partOf('name', 120), ...pageQuery }),
  output: pageOf(Account),
  errors: [],
  access: signedIn('portal', 'access_key'),
  http: { method: 'GET', path, success: 200 },
});

export const createAccount = defineCommand({
  subject: 'tenancy.v1.account.create',
  summary: 'Open a further account, of which one is the owner',
  input: z.strictObject({ name: line(1, 120) }),
  output: Account,
  errors: ['too_many_accounts'],
  access: signedIn('portal'),
  http: { method: 'POST', path, success: 201, creates: {} },
});
