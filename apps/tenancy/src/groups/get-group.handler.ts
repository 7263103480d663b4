import { deleteGroup, fail, getGroup, type Grant, Id, type InputOf, updateGroup } from '@valetkey/contracts';
import { Finds, type HandlerContext, Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { callerOf } from '../access/caller-of.ts';
import { findGroups, groupRevision } from './group-rows.ts';

@Injectable()
export class GetGroupHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(getGroup)
  async get(input: InputOf<typeof getGroup>, context: HandlerContext) {
    const group = await groupInSight(this.em.fork(), callerOf(context).grants, input);
    return group ? groupRevision(group) : fail(getGroup, 'not_found');
  }

  @Finds(updateGroup, deleteGroup)
  async exists(input: Record<string, unknown>, context: HandlerContext) {
    const ids = { accountId: Id.parse(input['accountId']), groupId: Id.parse(input['groupId']) };
    return (await groupInSight(this.em.fork(), callerOf(context).grants, ids)) !== undefined;
  }
}

/** A group of the account that grants reach, or of which they reach an organization. */
export async function groupInSight(
  em: EntityManager,
  grants: readonly Grant[],
  { accountId, groupId }: { accountId: string; groupId: string },
) {
  return (await findGroups(em, { accountId, grants }, { where: 'g.id = $5', values: [groupId] }))[0];
}
