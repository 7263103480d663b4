import { Failure, type Grant } from '@valetkey/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../access/act-in.ts';
import { isInSight, mayGrant } from '../members/who-may-grant.rules.ts';
import { findInvitations, type InvitationRow } from './invitation-rows.ts';
import { placeOfInvitation } from './invitation-view.ts';

/** An invitation of the account that lies within what is granted. */
export async function invitationInSight(
  em: EntityManager,
  grants: readonly Grant[],
  { accountId, invitationId }: { accountId: string; invitationId: string },
): Promise<InvitationRow | undefined> {
  const values = [accountId, invitationId];
  const [row] = await findInvitations(em, { where: 'i.account_id = $1 AND i.id = $2', values });
  return row && isInSight(grants, placeOfInvitation(row)) ? row : undefined;
}

/** One that an actor may cancel or send again: whoever may grant its role. */
export async function invitationToManage(
  em: EntityManager,
  { grants, account }: Actor,
  invitationId: string,
): Promise<InvitationRow | Failure<'not_found' | 'forbidden'>> {
  const row = await invitationInSight(em, grants, { accountId: account.id, invitationId });
  if (!row) return new Failure('not_found');
  return mayGrant(grants, placeOfInvitation(row), row.role) ? row : new Failure('forbidden');
}
