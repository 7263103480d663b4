import type { Grant, Role } from '@valetkey/contracts';

/** A user and what they hold in an account by memberships. */
export interface Member {
  userId: string;
  grants: readonly Grant[];
}

/**
 * Whether one may lend another access to an account by a link: an owner to any other member, a supporter to those who are
 * no owners, nobody to oneself or to a stranger.
 */
export function mayLend(lender: Member, user: Member): boolean {
  if (lender.userId === user.userId || user.grants.length === 0) return false;
  return holds(lender, 'owner') || (holds(lender, 'supporter') && !holds(user, 'owner'));
}

function holds({ grants }: Member, role: Role): boolean {
  return grants.some((grant) => grant.role === role);
}
