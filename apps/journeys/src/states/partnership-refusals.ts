import {
  type ClientName,
  type CompanyName,
  type PartnershipModel,
  type PartnershipOnPaper,
  permissions,
  type UserName,
} from './partnership-model.ts';

/** Codes of which an answer has one, where it is refused for several reasons; none where it is not refused. */
export type Refusals = string[];

/** Why a company can take up a token no more, or not with this provider. */
export function ofTakingUp(model: PartnershipModel, token: PartnershipOnPaper, by: CompanyName): Refusals {
  // The provider may have partners of its own, always.
  if (by !== 'provider' && !model.isOn[by]) return ['module_disabled'];
  if (model.statusOf(token) !== 'pending' || !model.isOn.provider) return ['unknown_token'];
  if (by === 'provider') return ['own_token'];
  return model.standing(by).length > 0 ? ['partnership_exists'] : [];
}

/** Why the provider can do nothing with a partnership at all. */
export function ofProvider(model: PartnershipModel, { isDeleted }: PartnershipOnPaper): Refusals {
  if (!model.isOn.provider) return ['module_disabled'];
  return isDeleted ? ['not_found'] : [];
}

export function ofSwitching(model: PartnershipModel, partnership: PartnershipOnPaper): Refusals {
  const isStanding = partnership.status === 'active' || partnership.status === 'disabled';
  return firstOf(ofProvider(model, partnership), isStanding ? [] : ['partnership_not_active']);
}

export function ofAuthorizing(
  model: PartnershipModel,
  partnership: PartnershipOnPaper,
  { users, granted }: { users: readonly UserName[]; granted: readonly string[] },
): Refusals {
  const refusals = firstOf(
    ofProvider(model, partnership),
    partnership.status === 'active' ? [] : ['partnership_not_active'],
  );
  if (refusals.length > 0) return refusals;
  return [
    ...(users.every((name) => model.users[name].isMember) ? [] : ['not_a_member']),
    ...ofCeiling(partnership, granted),
    ...(users.some((name) => partnership.grants.has(name)) ? ['already_authorized'] : []),
  ];
}

/** Of what is done to one user's grant, by whoever may grant. */
export function ofGrant(model: PartnershipModel, partnership: PartnershipOnPaper, user: UserName): Refusals {
  return firstOf(ofProvider(model, partnership), partnership.grants.has(user) ? [] : ['not_found']);
}

export function ofChangingGrant(
  model: PartnershipModel,
  partnership: PartnershipOnPaper,
  { user, granted }: { user: UserName; granted: readonly string[] },
): Refusals {
  const notActive = partnership.status === 'active' ? [] : ['partnership_not_active'];
  return firstOf(ofGrant(model, partnership, user), notActive, ofCeiling(partnership, granted));
}

/** Of what the client does to a partnership that it has taken up. */
export function ofClient(model: PartnershipModel, client: ClientName, { status }: PartnershipOnPaper): Refusals {
  if (!model.isOn[client]) return ['module_disabled'];
  return status === 'revoked' ? ['partnership_not_active'] : [];
}

function ofCeiling({ ceiling }: PartnershipOnPaper, granted: readonly string[]): Refusals {
  return permissions.some((name) => granted.includes(name) && !ceiling.includes(name)) ? ['above_ceiling'] : [];
}

function firstOf(...all: Refusals[]): Refusals {
  return all.find((refusals) => refusals.length > 0) ?? [];
}
