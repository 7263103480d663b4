import { type InputOf, listInvitations } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { callerOf } from '../access/caller-of.ts';
import { type Reach, reachOf } from '../access/reach.rules.ts';
import { findPage } from '../search/find-page.ts';
import type { Listing } from '../search/listing.ts';
import { findInvitations } from './invitation-rows.ts';
import { whereShown } from './invitation-status.queries.ts';
import { invitationView } from './invitation-view.ts';

@Injectable()
export class ListInvitationsHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(listInvitations)
  async list(asked: InputOf<typeof listInvitations>, context: HandlerContext) {
    const em = this.em.fork();
    const now = this.clock.now();
    const { ids, nextCursor } = await findPage(em, invitations(asked, reachOf(callerOf(context).grants), now), asked);
    const where = 'i.account_id = $1 AND i.id = ANY($2::uuid[]) ORDER BY i.id DESC';
    const rows = await findInvitations(em, { where, values: [asked.accountId, ids] });
    return { items: rows.map((row) => invitationView(row, now)), nextCursor };
  }
}

function invitations({ accountId, status, cursor }: InputOf<typeof listInvitations>, reach: Reach, now: Date): Listing {
  return {
    table: 'invitations',
    of: { column: 'account_id', id: accountId },
    reach,
    group: 'within_group_id',
    organization: 'scope_id',
    only: (parameters) => (status ? [whereShown(status, parameters, now)] : []),
    cursor,
    texts: [{ table: 'invitations', column: 'email', key: 'id', of: 'id' }],
  };
}
