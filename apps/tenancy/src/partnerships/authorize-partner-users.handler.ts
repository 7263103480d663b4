import { authorizePartnerUsers, fail, Failure, type InputOf, partnerUserAuthorized } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { actIn } from '../access/act-in.ts';
import { exceeds } from './permissions.rules.ts';
import { insertPartnerUsers } from './insert-partner-users.ts';
import { type PartnerUserRow, partnerUserView } from './partner-user-rows.ts';
import type { PartnershipRow } from './partnership-rows.ts';
import { lockOfProvider } from './provider-partnership.ts';
import type { SideData } from './sides-of.ts';
import { tellPartnerUser, toldOfUser } from './tell-partnership.ts';

@Injectable()
export class AuthorizePartnerUsersHandler {
  constructor(private readonly outbox: Outbox) {}

  /** All or none. The account's lock keeps its members, the partnership's its ceiling and its users. */
  @Handles(authorizePartnerUsers)
  async authorize(input: InputOf<typeof authorizePartnerUsers>, context: HandlerContext) {
    const { accountId, userIds, permissions } = input;
    return this.outbox.transactional(context, async (tx) => {
      const actor = await actIn(tx.em, authorizePartnerUsers, context, accountId);
      if (actor instanceof Failure) return actor;
      const partnership = await lockOfProvider(tx.em, input);
      if (!partnership) return fail(authorizePartnerUsers, 'not_found');
      if (partnership.status !== 'active') return fail(authorizePartnerUsers, 'partnership_not_active');
      if (!(await areMembers(tx.em, accountId, userIds))) return fail(authorizePartnerUsers, 'not_a_member');
      if (exceeds(permissions, partnership.permissions)) return fail(authorizePartnerUsers, 'above_ceiling');
      const users = await insertPartnerUsers(tx, partnership, { userIds, permissions });
      if (users.length < userIds.length) return fail(authorizePartnerUsers, 'already_authorized');
      tell(tx, partnership, users);
      return { items: users.map(partnerUserView) };
    });
  }
}

async function areMembers(em: EntityManager, accountId: string, userIds: readonly string[]): Promise<boolean> {
  const text = 'SELECT DISTINCT user_id FROM memberships WHERE account_id = $1 AND user_id = ANY($2::uuid[])';
  return (await sql(em, text, [accountId, userIds])).length === userIds.length;
}

function tell(tx: Transaction, partnership: PartnershipRow, users: readonly PartnerUserRow[]): void {
  for (const [index, user] of users.entries()) {
    const changes = [{ field: 'permissions', to: user.permissions }];
    const told = { ...toldOfUser(user), changes, batch: { number: index + 1, of: users.length } };
    const data = (side: SideData) => ({ ...side, ...told });
    tellPartnerUser(tx, partnerUserAuthorized, { partnership, user, by: 'provider', data });
  }
}
