import { z } from 'zod';
import { allow, anyRole, signedIn } from '../kernel/access.ts';
import { Role } from '../kernel/caller.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { Id, line, Named, Timestamp } from '../kernel/fields.ts';
import { ModuleName } from '../kernel/modules.ts';

export const Account = z
  .object({
    id: Id,
    name: z.string(),
    country: z.string().nullable(),
    landingUrl: z.string().nullable(),
    tokenSessionLimit: z.number().int().nullable(),
    modules: z.record(ModuleName, z.boolean()),
    createdAt: Timestamp,
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof Account>;

/** With the revision that its `ETag` shows. */
export const AccountRevision = Account.extend({ revision: z.number().int() });

/** Any URL; which of them are allowed follows from the installation, so the service judges that. */
const LandingUrl = z
  .url()
  .max(500)
  .meta({
    description:
      'https, on the gateway’s host or under `COOKIE_DOMAIN`. In development, where `PUBLIC_URL` is http on a loopback ' +
      'host, http on that very host too',
  });

const path = '/v1/accounts/{accountId}';

export const getAccount = defineQuery({
  subject: 'tenancy.v1.account.get',
  summary: 'The account one stands in',
  input: z.strictObject({ accountId: Id }),
  output: AccountRevision,
  errors: ['not_found'],
  access: allow(anyRole),
  http: { method: 'GET', path, success: 200 },
});

export const updateAccount = defineCommand({
  subject: 'tenancy.v1.account.update',
  summary: 'Change the account’s profile; what is absent stays, null removes',
  input: z.strictObject({
    accountId: Id,
    name: line(1, 120).optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code')
      .nullable()
      .optional(),
    landingUrl: LandingUrl.nullable().optional(),
    tokenSessionLimit: z.number().int().min(1).max(1_000_000).nullable().optional(),
  }),
  output: AccountRevision,
  errors: ['not_found', 'forbidden', 'precondition_failed', 'landing_url_not_allowed'],
  access: allow({ account: ['owner'] }),
  http: { method: 'PATCH', path, success: 200 },
});

export const listReachableAccounts = defineQuery({
  subject: 'tenancy.v1.account.list-reachable',
  summary: 'The accounts one can stand in',
  input: z.strictObject({}),
  output: z.array(
    z.object({
      account: Named,
      role: Role,
      via: z.enum(['membership', 'partnership']),
      partnershipId: Id.optional(),
    }),
  ),
  errors: [],
  access: signedIn('portal'),
  http: { method: 'GET', path: '/v1/session/accounts', success: 200 },
});
