import { z } from 'zod';
import { Scope } from '../kernel/caller.ts';
import { Cidr, Id, line, Named, Timestamp, TimestampInput } from '../kernel/fields.ts';

export const LendableRole = z.enum(['manager', 'viewer']);
export type LendableRole = z.infer<typeof LendableRole>;

/** What a login token and an access key show alike. */
export const lentCredential = {
  id: Id,
  name: z.string(),
  role: LendableRole,
  scope: Scope,
  allowedCidrs: z.array(z.string()),
  expiresAt: Timestamp.optional(),
  hint: z.string().meta({ description: 'Prefix and last four characters of the secret, e.g. vkl_…x7Qa' }),
  lastUsedAt: Timestamp.optional(),
  lastUsedFrom: z.string().optional(),
  createdAt: Timestamp,
  createdBy: Named,
};
export type LentCredential = z.infer<z.ZodObject<typeof lentCredential>>;

/** What is set on either of them. */
export const lentFields = {
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
};

/** Seconds: seven days at most. */
export const MAX_GRACE_SECONDS = 7 * 24 * 3600;

/** For how long the old secret goes on working beside the new one. */
export const GraceSeconds = z.number().int().min(0).max(MAX_GRACE_SECONDS).default(0);

/** Of a lent credential that ends soon: reminders are told so many days before the end. */
export const DaysLeft = z.union([z.literal(14), z.literal(7), z.literal(1)]);
export type DaysLeft = z.infer<typeof DaysLeft>;
