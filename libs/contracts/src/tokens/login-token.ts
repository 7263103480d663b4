import { z } from 'zod';
import { Id } from '../kernel/fields.ts';
import { lentCredential, lentFields } from './lent-credential.ts';

export const LoginTokenType = z.enum(['permanent', 'one_time']);
export type LoginTokenType = z.infer<typeof LoginTokenType>;

/** permanent: active → expired; one-time: ready → in_use → used, or ready → expired. */
export const LoginTokenStatus = z.enum(['active', 'ready', 'in_use', 'used', 'expired']);
export type LoginTokenStatus = z.infer<typeof LoginTokenStatus>;

export const LoginToken = z
  .object({
    ...lentCredential,
    type: LoginTokenType,
    status: LoginTokenStatus,
    maxSessions: z.number().int().optional(),
    liveSessions: z.number().int(),
  })
  .meta({ id: 'LoginToken' });
export type LoginToken = z.infer<typeof LoginToken>;

/** What an owner or manager sets on a login token. */
export const loginTokenFields = { ...lentFields, maxSessions: z.number().int().min(1).max(100_000).nullable() };

export const oneLoginToken = { accountId: Id, loginTokenId: Id };

/** A resource with the revision that its `ETag` shows. */
export const LoginTokenRevision = LoginToken.extend({ revision: z.number().int() });
