import type { CataloguedPermission } from './decide-access.rules.ts';

/** What a partner's user holds in the client's account. */
export interface PartnerGrant {
  partnershipId: string;
  providerAccountId: string;
  /** The partnership: what it grants is kept, and gives nothing. */
  disabled: boolean;
  /** Granted to this user. */
  permissions: readonly string[];
  /** What the client lets the partner grant. */
  ceiling: readonly string[];
}

/** By name; whatever was granted, nothing above the client's ceiling, nor what the catalogue has no more. */
export function partnerPermissions(
  { disabled, permissions, ceiling }: PartnerGrant,
  catalogue: readonly Pick<CataloguedPermission, 'name'>[],
): string[] {
  if (disabled) return [];
  const [granted, allowed] = [new Set(permissions), new Set(ceiling)];
  return catalogue.map(({ name }) => name).filter((name) => granted.has(name) && allowed.has(name));
}
