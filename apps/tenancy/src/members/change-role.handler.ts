import {
  changeRole,
  fail,
  Failure,
  Id,
  type InputOf,
  isRoleOf,
  matchingRevisions,
  membershipChanged,
  removeMembership,
  type Role,
} from '@valetkey/contracts';
import { Finds, type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { actIn } from '../access/act-in.ts';
import { callerOf } from '../access/caller-of.ts';
import { cancelInvitationsBeyond } from '../invitations/cancel-invitations-beyond.ts';
import { membershipInSight } from './membership-in-sight.ts';
import type { MembershipRow } from './membership-rows.ts';
import { membershipToManage } from './membership-to-manage.ts';
import { membershipView, toldOfMembership } from './membership-view.ts';

@Injectable()
export class ChangeRoleHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
  ) {}

  @Handles(changeRole)
  async change({ accountId, membershipId, role }: InputOf<typeof changeRole>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const actor = await actIn(tx.em, changeRole, context, accountId);
      if (actor instanceof Failure) return actor;
      const present = await membershipToManage(tx.em, actor, membershipId, role);
      if (present instanceof Failure) return present;
      if (!isRoleOf(present.scopeType, role)) return fail(changeRole, 'role_not_of_scope');
      const isStale = matchingRevisions(context.ifMatch)?.includes(present.version) === false;
      if (isStale) return fail(changeRole, 'precondition_failed');
      const changed = role === present.role ? present : await change(tx, accountId, { ...present, role }, present.role);
      return { ...membershipView(changed), revision: changed.version };
    });
  }

  @Finds(changeRole, removeMembership)
  async exists(input: Record<string, unknown>, context: HandlerContext) {
    const [accountId, membershipId] = [Id.parse(input['accountId']), Id.parse(input['membershipId'])];
    const row = await membershipInSight(this.em.fork(), callerOf(context).grants, { accountId, membershipId });
    return row !== undefined;
  }
}

async function change(tx: Transaction, accountId: string, row: MembershipRow, from: Role): Promise<MembershipRow> {
  const { id, role } = row;
  const version = row.version + 1;
  const text = 'UPDATE memberships SET role = $3, version = $4 WHERE account_id = $1 AND id = $2';
  await sql(tx.em, text, [accountId, id, role, version]);
  const data = toldOfMembership(row, { from, to: role });
  tx.emit(membershipChanged, { id, accountId, sequence: version, data });
  await cancelInvitationsBeyond(tx, accountId, new Set([row.userId]));
  return { ...row, version };
}
