import { createOrganization, fail, type InputOf, organizationCreated } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { mayStill } from '../access/may-still.ts';
import { lockAccount } from '../accounts/lock-account.ts';
import { Group } from '../groups/group.entity.ts';

@Injectable()
export class CreateOrganizationHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(createOrganization)
  async create({ accountId, name, groupId }: InputOf<typeof createOrganization>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const { em, now, emit } = tx;
      if (!(await lockAccount(em, accountId))) return fail(createOrganization, 'not_found');
      if (!(await mayStill(em, createOrganization, context, accountId))) return fail(createOrganization, 'forbidden');
      const group = groupId === undefined ? undefined : await em.findOne(Group, { id: groupId, accountId });
      if (group === null) return fail(createOrganization, 'not_found');
      const id = await insertOrganization(tx, { accountId, name, groupId });
      if (!id) return fail(createOrganization, 'name_taken');
      emit(organizationCreated, { id, accountId, sequence: 1, data: { name, groupId } });
      return { id, name, ...(group && { group: { id: group.id, name: group.name } }), createdAt: now.toISOString() };
    });
  }
}

/** Nothing when the account has an organization of that name. */
async function insertOrganization(
  { em, now }: Transaction,
  { accountId, name, groupId }: InputOf<typeof createOrganization>,
): Promise<string | undefined> {
  const [inserted] = await sql<{ id: string }>(
    em,
    `INSERT INTO organizations (id, account_id, group_id, name, version, created_at) VALUES ($1, $2, $3, $4, 1, $5)
     ON CONFLICT ON CONSTRAINT organizations_name DO NOTHING RETURNING id`,
    [uuidv7({ msecs: now.getTime() }), accountId, groupId ?? null, name, now],
  );
  return inserted?.id;
}
