import {
  createInvitation,
  fail,
  Failure,
  type InputOf,
  invitationCreated,
  listVerifiedEmails,
} from '@valetkey/contracts';
import { Bus, type HandlerContext, Handles, insist } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { actIn } from '../access/act-in.ts';
import { callerOf } from '../access/caller-of.ts';
import { placeToGrant } from '../members/place-to-grant.ts';
import { endInvitations } from './end-invitations.ts';
import { insertInvitation } from './insert-invitation.ts';
import { InvitationMail, newInvitationSecret } from './invitation-mail.ts';
import { invitationView, toldOfInvitation } from './invitation-view.ts';
import { refuseInvited } from './refuse-invited.ts';

@Injectable()
export class CreateInvitationHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: Bus,
    private readonly mail: InvitationMail,
  ) {}

  /** The right to grant is judged here: an inviter who loses it later has invited all the same. */
  @Handles(createInvitation)
  async create({ accountId, email, scope, role }: InputOf<typeof createInvitation>, context: HandlerContext) {
    const ownEmails = await this.emailsOf(context);
    return this.outbox.transactional(context, async (tx) => {
      const actor = await actIn(tx.em, createInvitation, context, accountId);
      if (actor instanceof Failure) return actor;
      const place = await placeToGrant(tx.em, actor, { scope, role });
      if (place instanceof Failure) return place;
      const refused = await refuseInvited(tx.em, { email, scopeId: place.id, ownEmails });
      if (refused) return refused;
      await endInvitations(tx, 'expired', {
        where: 'account_id = $2 AND email = $3 AND scope_id = $4 AND expires_at <= $5',
        values: [accountId, email, place.id, tx.now],
      });
      const secret = newInvitationSecret(tx.now);
      const row = await insertInvitation(tx, { accountId, email, scope, role, secret, inviter: actor });
      if (!row) return fail(createInvitation, 'already_invited');
      tx.emit(invitationCreated, { id: row.id, accountId, sequence: row.version, data: toldOfInvitation(row) });
      await this.mail.order(tx, row, { ...secret, inviterName: actor.name });
      return invitationView(row, tx.now);
    });
  }

  /** Of the caller: nobody invites themselves, by whichever address. */
  private async emailsOf(context: HandlerContext): Promise<string[]> {
    const asked = { userId: callerOf(context).subject.id };
    const { emails } = insist(listVerifiedEmails, await this.bus.ask(listVerifiedEmails, asked, context));
    return emails.map(({ email }) => email);
  }
}
