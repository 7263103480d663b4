import { type InputOf, listMembers } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { pageOfRows } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { callerOf } from '../access/caller-of.ts';
import { scopesWithin } from '../access/scopes-within.ts';
import { patternOf } from '../search/containing.ts';
import { findMemberships } from './membership-rows.ts';
import { membershipView } from './membership-view.ts';

/**
 * Each condition may be absent: the best plan depends on which are given, and on how common what is sought is. A rare part
 * of a name is found by its trigrams, a common one by walking the newest.
 */
const where = `($2::uuid[] IS NULL OR m.group_id = ANY($2) OR m.organization_id = ANY($2))
    AND ($3::text IS NULL OR p.search ILIKE $3)
    AND ($4::text IS NULL OR m.role = $4)
    AND ($5::text IS NULL OR m.scope_type = $5)
    AND ($6::uuid IS NULL OR m.id < $6) ORDER BY m.id DESC LIMIT $7`;

@Injectable()
export class ListMembersHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(listMembers)
  async list({ accountId, limit, ...asked }: InputOf<typeof listMembers>, context: HandlerContext) {
    const em = this.em.fork();
    const within = await scopesWithin(em, callerOf(context).grants);
    const { query, role, scopeType, cursor } = asked;
    const pattern = query ? patternOf(query) : null;
    const values = [within, pattern, role ?? null, scopeType ?? null, cursor ?? null, limit + 1];
    return pageOfRows(await findMemberships(em, accountId, { where, values }), limit, membershipView);
  }
}
