import type { AccessDecision, Grant, ModuleName, Role, TwoFactorDemand } from '@valetkey/contracts';
import { covers, type Unit } from './covers.rules.ts';
import { demandsTwoFactor } from './demands-two-factor.rules.ts';
import { highestGrant } from './highest-grant.rules.ts';
import { type PartnerGrant, partnerPermissions } from './partner-permissions.rules.ts';

/** What is known of an account, the named organization and the holder, as read from the database. */
export interface StandingFacts {
  account: { id: string; name: string; landingUrl: string | null; modules: ModuleName[] };
  /** The named organization, if it is one of the account. */
  organization: (Unit & { name: string }) | undefined;
  /** All that the holder has in the account, the oldest first. */
  grants: Grant[];
  userName: string | undefined;
  /** Of a partner's user, who has no other grant in the account than the partner's role. */
  partner?: PartnerGrant;
  /** What the account's policy demands of a user; of what is lent it demands nothing. */
  requireTwoFactor: TwoFactorDemand;
}

/** A resource permission and the roles that include it. */
export interface CataloguedPermission {
  name: string;
  roles: readonly Role[];
}

/**
 * What a holder may do where it stands: the union of the grants that hold there. Nothing for one without a grant in
 * the account. An organization out of reach counts as none. Who has no grant of the account as a whole and chose no
 * organization is shown the highest role they have, with its scope, but has no permissions: those hold in an
 * organization only. A partner's user has those that the partner granted.
 */
export function decideAccess(
  { account, organization, grants, userName, partner, requireTwoFactor }: StandingFacts,
  catalogue: readonly CataloguedPermission[],
): AccessDecision | null {
  const reached = organization && grants.some((grant) => covers(grant, organization)) ? organization : undefined;
  const shown = shownGrant(grants, reached);
  if (!shown) return null;
  const here = grants.filter((grant) => covers(grant, reached));
  return {
    account: { id: account.id, name: account.name, ...(account.landingUrl && { landingUrl: account.landingUrl }) },
    ...(reached && { organization: { id: reached.id, name: reached.name } }),
    ...shown,
    grants,
    permissions: partner ? partnerPermissions(partner, catalogue) : permissionsOf(here, catalogue),
    modules: account.modules,
    ...(partner && { partnership: shownPartnership(partner) }),
    ...(demandsTwoFactor(requireTwoFactor, grants) && { twoFactorRequired: true }),
    ...(userName !== undefined && { userName }),
  };
}

/**
 * The highest of the grants that hold at the organization, or in the account as a whole when none is chosen; where
 * none holds, the highest of all.
 */
export function shownGrant(grants: readonly Grant[], organization: Unit | undefined): Grant | undefined {
  const here = grants.filter((grant) => covers(grant, organization));
  return highestGrant(here.length > 0 ? here : grants);
}

function shownPartnership({ partnershipId: id, providerAccountId, disabled }: PartnerGrant) {
  return { id, providerAccountId, disabled };
}

function permissionsOf(grants: readonly Grant[], catalogue: readonly CataloguedPermission[]): string[] {
  const held = new Set(grants.map(({ role }) => role));
  return catalogue.filter(({ roles }) => roles.some((role) => held.has(role))).map(({ name }) => name);
}
