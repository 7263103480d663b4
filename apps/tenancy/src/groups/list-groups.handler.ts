import { type InputOf, listGroups } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { pageOfRows } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { callerOf } from '../access/caller-of.ts';
import { patternOf } from '../search/containing.ts';
import { findGroups, groupView } from './group-rows.ts';

@Injectable()
export class ListGroupsHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(listGroups)
  async list({ accountId, query, limit, cursor }: InputOf<typeof listGroups>, context: HandlerContext) {
    const { grants } = callerOf(context);
    const named = query ? 'g.name ILIKE $7' : '$7::text IS NULL';
    const after = cursor ? 'g.id < $6' : '$6::uuid IS NULL';
    const where = `${named} AND ${after} ORDER BY g.id DESC LIMIT $5`;
    const values = [limit + 1, cursor ?? null, query ? patternOf(query) : null];
    return pageOfRows(await findGroups(this.em.fork(), { accountId, grants }, { where, values }), limit, groupView);
  }
}
