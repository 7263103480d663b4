import { acceptInvitation, fail, type InputOf, invitationAccepted } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { lockAccount } from '../accounts/lock-account.ts';
import { insertMembership } from '../members/insert-membership.ts';
import { findMemberships } from '../members/membership-rows.ts';
import { membershipView } from '../members/membership-view.ts';
import { keepNewer } from '../profiles/keep-newer.ts';
import { findInvitations, type InvitationRow } from './invitation-rows.ts';
import { placeOfInvitation, toldOfInvitation } from './invitation-view.ts';

type Input = InputOf<typeof acceptInvitation>;

@Injectable()
export class AcceptInvitationHandler {
  constructor(private readonly outbox: Outbox) {}

  /** Of any number that come at once with its secret, one user has it; that user may come again. */
  @Handles(acceptInvitation)
  async accept({ secretHash, user }: Input, context: HandlerContext) {
    const { userId } = user;
    return this.outbox.transactional(context, async (tx) => {
      const [found] = await findInvitations(tx.em, { where: 'i.secret_hash = $1', values: [secretHash] });
      if (!found || !(await lockAccount(tx.em, found.accountId))) return fail(acceptInvitation, 'not_found');
      if (await isOwn(tx, secretHash, userId)) return fail(acceptInvitation, 'own_role', { detail: OWN });
      const version = await take(tx, secretHash, userId);
      if (version === undefined) return (await grantedBefore(tx, found, userId)) ?? fail(acceptInvitation, 'not_found');
      tx.attribute({ actor: { type: 'user', id: userId } });
      await keepNewer(tx.em, user);
      const { accountId, role } = found;
      const membership = await insertMembership(tx, { accountId, userId, scope: placeOfInvitation(found), role });
      if (!membership) return fail(acceptInvitation, 'already_member');
      const more = { membershipId: membership.id, userId, invitedBy: { id: found.createdById } };
      const data = { ...toldOfInvitation(found), ...more };
      tx.emit(invitationAccepted, { id: found.id, accountId, sequence: version, data });
      return membershipView(membership);
    });
  }
}

const OWN = 'Nobody accepts an invitation of their own.';

async function isOwn({ em, now }: Transaction, secretHash: string, userId: string): Promise<boolean> {
  const text = `SELECT 1 FROM invitations
    WHERE secret_hash = $1 AND status = 'pending' AND expires_at > $3 AND created_by_id = $2`;
  return (await sql(em, text, [secretHash, userId, now])).length > 0;
}

/** The version of an invitation that now is this user's; nothing when it is not to be had. */
async function take({ em, now }: Transaction, secretHash: string, userId: string): Promise<number | undefined> {
  const [taken] = await sql<{ version: number }>(
    em,
    `UPDATE invitations SET status = 'accepted', accepted_by = $2, version = version + 1
      WHERE secret_hash = $1 AND status = 'pending' AND expires_at > $3 RETURNING version`,
    [secretHash, userId, now],
  );
  return taken?.version;
}

/** What a user got who accepted it before: the answer may have been lost on its way. */
async function grantedBefore({ em }: Transaction, { id, accountId, scopeId }: InvitationRow, userId: string) {
  const [row] = await findMemberships(em, accountId, {
    where: `m.user_id = $2 AND m.scope_id = $3 AND EXISTS (
      SELECT 1 FROM invitations WHERE id = $4 AND status = 'accepted' AND accepted_by = $2)`,
    values: [userId, scopeId, id],
  });
  return row && membershipView(row);
}
