import {
  fail,
  Failure,
  Id,
  type InputOf,
  matchingRevisions,
  partnerUserChanged,
  revokePartnerUser,
  updatePartnerUser,
} from '@valetkey/contracts';
import { Finds, type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { actIn } from '../access/act-in.ts';
import { areSame, exceeds } from './permissions.rules.ts';
import { lockPartnerUser } from './lock-partner-user.ts';
import { findPartnerUser, type PartnerUserRow, partnerUserView } from './partner-user-rows.ts';
import type { PartnershipRow } from './partnership-rows.ts';
import { stands } from './partnership-status.rules.ts';
import { findOfProvider } from './provider-partnership.ts';
import { tellCut } from './tell-cut.ts';
import { tellPartnerUser, toldOfUser } from './tell-partnership.ts';

const Path = z.object({ accountId: Id, partnerTokenId: Id, userId: Id });

@Injectable()
export class UpdatePartnerUserHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
  ) {}

  @Handles(updatePartnerUser)
  async update(input: InputOf<typeof updatePartnerUser>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const actor = await actIn(tx.em, updatePartnerUser, context, input.accountId);
      if (actor instanceof Failure) return actor;
      const locked = await lockPartnerUser(tx.em, input);
      if (locked instanceof Failure) return locked;
      const { partnership, user } = locked;
      if (partnership.status !== 'active') return fail(updatePartnerUser, 'partnership_not_active');
      const isStale = matchingRevisions(context.ifMatch)?.includes(user.version) === false;
      if (isStale) return fail(updatePartnerUser, 'precondition_failed');
      const { permissions } = input;
      if (exceeds(permissions, partnership.permissions)) return fail(updatePartnerUser, 'above_ceiling');
      const changed = await change(tx, partnership, user, permissions);
      return { ...partnerUserView(changed), revision: changed.version };
    });
  }

  @Finds(updatePartnerUser, revokePartnerUser)
  async exists(input: Record<string, unknown>) {
    const em = this.em.fork();
    const { userId, ...path } = Path.parse(input);
    const partnership = await findOfProvider(em, path);
    if (!partnership || !stands(partnership.status)) return false;
    return (await findPartnerUser(em, { partnershipId: partnership.id, userId })) !== undefined;
  }
}

async function change(tx: Transaction, partnership: PartnershipRow, present: PartnerUserRow, permissions: string[]) {
  if (areSame(permissions, present.permissions)) return present;
  const user = { ...present, permissions, version: present.version + 2 };
  const text = 'UPDATE partner_users SET permissions = $2, narrowed_from = NULL, version = $3 WHERE id = $1';
  await sql(tx.em, text, [user.id, permissions, user.version]);
  tellCut(tx, partnership, present);
  const changes = [{ field: 'permissions', from: present.permissions, to: permissions }];
  const told = { ...toldOfUser(user), changes };
  tellPartnerUser(tx, partnerUserChanged, {
    partnership,
    user,
    by: 'provider',
    data: (side) => ({ ...side, ...told }),
  });
  return user;
}
