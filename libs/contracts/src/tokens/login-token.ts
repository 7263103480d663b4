import { z } from 'zod';
import { Scope } from '../kernel/caller.ts';
import { Cidr, Id, line, Named, Timestamp, TimestampInput } from '../kernel/fields.ts';

export const LoginTokenType = z.enum(['permanent', 'one_time']);
export type LoginTokenType = z.infer<typeof LoginTokenType>;

/** permanent: active → expired; one-time: ready → in_use → used, or ready → expired. */
export const LoginTokenStatus = z.enum(['active', 'ready', 'in_use', 'used', 'expired']);
export type LoginTokenStatus = z.infer<typeof LoginTokenStatus>;

export const LendableRole = z.enum(['manager', 'viewer']);
export type LendableRole = z.infer<typeof LendableRole>;

export const LoginToken = z
  .object({
    id: Id,
    name: z.string(),
    type: LoginTokenType,
    status: LoginTokenStatus,
    role: LendableRole,
    scope: Scope,
    allowedCidrs: z.array(z.string()),
    maxSessions: z.number().int().optional(),
    expiresAt: Timestamp.optional(),
    hint: z.string().meta({ description: 'Prefix and last four characters of the secret, e.g. vkl_…x7Qa' }),
    liveSessions: z.number().int(),
    lastUsedAt: Timestamp.optional(),
    lastUsedFrom: z.string().optional(),
    createdAt: Timestamp,
    createdBy: Named,
  })
  .meta({ id: 'LoginToken' });
export type LoginToken = z.infer<typeof LoginToken>;

/** What an owner or manager sets on a login token. */
export const loginTokenFields = {
  name: line(1, 60),
  role: LendableRole,
  scope: Scope,
  expiresAt: TimestampInput.nullable(),
  allowedCidrs: z
    .array(Cidr)
    .max(50)
    .nullable()
    .transform((cidrs) => cidrs ?? [])
    .meta({ description: 'Networks from which it may be used; none listed, or null, for everywhere' }),
  maxSessions: z.number().int().min(1).max(100_000).nullable(),
};

export const oneLoginToken = { accountId: Id, loginTokenId: Id };

/** A resource with the revision that its `ETag` shows. */
export const LoginTokenRevision = LoginToken.extend({ revision: z.number().int() });
