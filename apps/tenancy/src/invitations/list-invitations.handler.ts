import { type InputOf, listInvitations } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { pageOfRows } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { callerOf } from '../access/caller-of.ts';
import { scopesWithin } from '../access/scopes-within.ts';
import { patternOf } from '../search/containing.ts';
import { findInvitations } from './invitation-rows.ts';
import { invitationView } from './invitation-view.ts';

/** Of the conditions any may be absent, and the best plan depends on which are given. */
const where = `i.account_id = $1
    AND ($2::uuid[] IS NULL OR i.scope_id = ANY($2))
    AND ($3::text IS NULL
      OR (i.status = $3 AND (i.status <> 'pending' OR i.expires_at > $4))
      OR ($3::text = 'expired' AND i.status = 'pending' AND i.expires_at <= $4))
    AND ($5::text IS NULL OR i.email ILIKE $5)
    AND ($6::uuid IS NULL OR i.id < $6) ORDER BY i.id DESC LIMIT $7`;

@Injectable()
export class ListInvitationsHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(listInvitations)
  async list({ accountId, limit, ...asked }: InputOf<typeof listInvitations>, context: HandlerContext) {
    const em = this.em.fork();
    const now = this.clock.now();
    const within = await scopesWithin(em, callerOf(context).grants);
    const { status, query, cursor } = asked;
    const pattern = query ? patternOf(query) : null;
    const values = [accountId, within, status ?? null, now, pattern, cursor ?? null, limit + 1];
    return pageOfRows(await findInvitations(em, { where, values }), limit, (row) => invitationView(row, now));
  }
}
