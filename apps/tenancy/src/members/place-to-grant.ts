import { Failure, isRoleOf, type Role, type Scope } from '@valetkey/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../access/act-in.ts';
import { findPlace, type Place } from '../access/place.ts';
import { isInSight, mayGrant } from './who-may-grant.rules.ts';

/** The place where an actor may grant a role. The account itself is known to whoever stands in it. */
export async function placeToGrant(
  em: EntityManager,
  { grants, account }: Actor,
  { scope, role }: { scope: Scope; role: Role },
): Promise<Place | Failure<'not_found' | 'forbidden' | 'role_not_of_scope'>> {
  const place = await findPlace(em, account, scope);
  if (!place || (place.type !== 'account' && !isInSight(grants, place))) return new Failure('not_found');
  if (!mayGrant(grants, place, role)) return new Failure('forbidden');
  return isRoleOf(place.type, role) ? place : new Failure('role_not_of_scope');
}
