import { z } from 'zod';
import { gateway } from '../kernel/access.ts';
import { Grant, Role, Scope } from '../kernel/caller.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Id, Named } from '../kernel/fields.ts';
import { ModuleName } from '../kernel/modules.ts';

/**
 * Who wants to stand where: a user by memberships or a partnership, a token or key by the grant it carries. A lender is
 * who sent a user the access link by which they stand there: the user stands there as long as the lender may send it.
 */
export const Standing = z.strictObject({
  accountId: Id,
  organizationId: Id.optional(),
  holder: z.union([z.strictObject({ userId: Id, lenderId: Id.optional() }), z.strictObject({ grant: Grant })]),
});
export type Standing = z.infer<typeof Standing>;

/** What the holder may do there: the half of an introspection that tokens does not own. */
export const AccessDecision = z.object({
  account: Named.extend({ landingUrl: z.string().optional() }),
  /** Absent when none was named or the named one is out of reach. */
  organization: Named.optional(),
  /** The highest role at the organization, at account level when none is chosen. */
  role: Role,
  /** The scope that gives that role. */
  scope: Scope,
  grants: z.array(Grant),
  permissions: z.array(z.string()),
  modules: z.array(ModuleName),
  /** By which the user stands in another company's account; disabled, it gives no permissions. */
  partnership: z.object({ id: Id, providerAccountId: Id, disabled: z.boolean() }).optional(),
  /** The account's policy demands two-factor of this user; whether they have it, identity knows. */
  twoFactorRequired: z.boolean().optional(),
  /** The user's present name. */
  userName: z.string().optional(),
});
export type AccessDecision = z.infer<typeof AccessDecision>;

export const resolveAccess = defineQuery({
  subject: 'tenancy.v1.access.resolve',
  summary: 'What holders may do where they stand; null where they may not stand',
  input: z.strictObject({ standings: z.array(Standing).min(1).max(1000) }),
  output: z.object({ decisions: z.array(AccessDecision.nullable()) }),
  errors: [],
  access: gateway(),
});
