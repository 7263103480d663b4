import { z } from 'zod';
import { Id } from './fields.ts';
import { ModuleName } from './modules.ts';

export const Role = z.enum(['owner', 'manager', 'viewer', 'supporter', 'partner']);
export type Role = z.infer<typeof Role>;

export const ScopeType = z.enum(['account', 'group', 'organization']);
export type ScopeType = z.infer<typeof ScopeType>;

export const Scope = z.strictObject({ type: ScopeType, id: Id });
export type Scope = z.infer<typeof Scope>;

/** A role in a scope: what a membership, a login token or an access key gives. */
export const Grant = z.object({ scope: z.object({ type: ScopeType, id: Id }), role: Role });
export type Grant = z.infer<typeof Grant>;

export const PrincipalKind = z.enum(['portal', 'login_token', 'access_link', 'access_key']);
export type PrincipalKind = z.infer<typeof PrincipalKind>;

export const PartyType = z.enum([
  'user',
  'login-token',
  'access-link',
  'access-key',
  'resource-server',
  'service',
  'anonymous',
  /** The other company of a partnership: who acted for it is its own affair. */
  'account',
]);
export type PartyType = z.infer<typeof PartyType>;

/** Somebody who acts or on whose behalf it is acted, e.g. `{type: 'user', id}`. */
export const PartyReference = z.object({ type: PartyType, id: z.string() });
export type PartyReference = z.infer<typeof PartyReference>;

export interface Party extends PartyReference {
  name: string;
  actor?: Party;
}
/** A party with its name and, nested, the actor behind it (RFC 8693 §4.1). */
export const Party: z.ZodType<Party> = z
  .object({
    type: PartyType,
    id: z.string(),
    name: z.string(),
    get actor() {
      return Party.optional();
    },
  })
  .meta({ id: 'Party' });

/** Who asks, as the gateway found out; carried in headers that only the gateway may publish. */
export const Caller = z.object({
  kind: PrincipalKind,
  sessionId: Id.optional(),
  subject: Party,
  actor: Party.optional(),
  accountId: Id.optional(),
  organizationId: Id.optional(),
  grants: z.array(Grant),
  modules: z.array(ModuleName),
  operator: z.boolean(),
  /** Stands in the account by a partnership: the account of another company, of which they see nothing. */
  partnershipId: Id.optional(),
  /** The account's policy binds them and they have no two-factor: there they reach nothing until they enrol. */
  mustEnrol: z.boolean().optional(),
});
export type Caller = z.infer<typeof Caller>;
