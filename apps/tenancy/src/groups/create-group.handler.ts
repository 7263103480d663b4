import { createGroup, fail, groupCreated, type InputOf } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { mayStill } from '../access/may-still.ts';
import { lockAccount } from '../accounts/lock-account.ts';

@Injectable()
export class CreateGroupHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(createGroup)
  async create({ accountId, name }: InputOf<typeof createGroup>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      if (!(await lockAccount(tx.em, accountId))) return fail(createGroup, 'not_found');
      if (!(await mayStill(tx.em, createGroup, context, accountId))) return fail(createGroup, 'forbidden');
      const id = await insertGroup(tx, accountId, name);
      if (!id) return fail(createGroup, 'name_taken');
      tx.emit(groupCreated, { id, accountId, sequence: 1, data: { name } });
      return { id, name, organizations: 0, createdAt: tx.now.toISOString() };
    });
  }
}

/** Nothing when the account has a group of that name. */
async function insertGroup({ em, now }: Transaction, accountId: string, name: string): Promise<string | undefined> {
  const [inserted] = await sql<{ id: string }>(
    em,
    `INSERT INTO groups (id, account_id, name, version, created_at) VALUES ($1, $2, $3, 1, $4)
     ON CONFLICT ON CONSTRAINT groups_name DO NOTHING RETURNING id`,
    [uuidv7({ msecs: now.getTime() }), accountId, name, now],
  );
  return inserted?.id;
}
