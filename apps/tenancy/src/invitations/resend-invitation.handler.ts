import { fail, Failure, type InputOf, invitationResent, resendInvitation } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { actIn } from '../access/act-in.ts';
import { InvitationMail, type InvitationSecret, newInvitationSecret } from './invitation-mail.ts';
import { type InvitationRow, readInvitation } from './invitation-rows.ts';
import { invitationToManage } from './invitation-to-manage.ts';
import { invitationView, toldOfInvitation } from './invitation-view.ts';

@Injectable()
export class ResendInvitationHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly mail: InvitationMail,
  ) {}

  @Handles(resendInvitation)
  async resend({ accountId, invitationId }: InputOf<typeof resendInvitation>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const actor = await actIn(tx.em, resendInvitation, context, accountId);
      if (actor instanceof Failure) return actor;
      const present = await invitationToManage(tx.em, actor, invitationId);
      if (present instanceof Failure) return present;
      const secret = newInvitationSecret(tx.now);
      const row = await renew(tx, present, secret);
      if (!row) return fail(resendInvitation, 'invitation_ended');
      tx.emit(invitationResent, { id: row.id, accountId, sequence: row.version, data: toldOfInvitation(row) });
      await this.mail.order(tx, row, { ...secret, inviterName: actor.name });
      return invitationView(row, tx.now);
    });
  }
}

/** Nothing when it is not pending any more. */
async function renew(
  { em, now }: Transaction,
  { id, accountId }: InvitationRow,
  { secretHash, mailId, expiresAt }: InvitationSecret,
): Promise<InvitationRow | undefined> {
  const renewed = await sql(
    em,
    `UPDATE invitations SET secret_hash = $3, mail_id = $4, expires_at = $5, version = version + 1
      WHERE account_id = $1 AND id = $2 AND status = 'pending' AND expires_at > $6 RETURNING id`,
    [accountId, id, secretHash, mailId, expiresAt, now],
  );
  return renewed.length > 0 ? readInvitation(em, id) : undefined;
}
