import { fail, findInvitation, type InputOf, isInvitationWanted } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { type SqlValue, timeOf } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { findInvitations, type InvitationRow } from './invitation-rows.ts';
import { placeOfInvitation } from './invitation-view.ts';

@Injectable()
export class FindInvitationHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(findInvitation)
  async find({ secretHash }: InputOf<typeof findInvitation>) {
    const row = await this.findWaiting('i.secret_hash = $2', secretHash);
    if (!row) return fail(findInvitation, 'not_found');
    const { groupId: _ours, ...scope } = placeOfInvitation(row);
    return {
      invitationId: row.id,
      email: row.email,
      accountId: row.accountId,
      accountName: row.accountName,
      inviterName: row.createdByName,
      role: row.role,
      scope,
      expiresAt: timeOf(row.expiresAt).toISOString(),
    };
  }

  @Handles(isInvitationWanted)
  async isWanted({ invitationId, mailId }: InputOf<typeof isInvitationWanted>) {
    return { wanted: (await this.findWaiting('i.id = $2 AND i.mail_id = $3', invitationId, mailId)) !== undefined };
  }

  private async findWaiting(condition: string, ...values: SqlValue[]): Promise<InvitationRow | undefined> {
    const where = `i.status = 'pending' AND i.expires_at > $1 AND ${condition}`;
    return (await findInvitations(this.em.fork(), { where, values: [this.clock.now(), ...values] }))[0];
  }
}
