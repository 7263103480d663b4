import { createOrganization, fail, type InputOf, organizationCreated } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { mayStill } from '../access/may-still.ts';
import { lockAccount } from '../accounts/lock-account.ts';

@Injectable()
export class CreateOrganizationHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(createOrganization)
  async create({ accountId, name }: InputOf<typeof createOrganization>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      if (!(await lockAccount(tx.em, accountId))) return fail(createOrganization, 'not_found');
      if (!(await mayStill(tx.em, createOrganization, context, accountId)))
        return fail(createOrganization, 'forbidden');
      const id = await insertOrganization(tx, accountId, name);
      if (!id) return fail(createOrganization, 'name_taken');
      tx.emit(organizationCreated, { id, accountId, sequence: 1, data: { name } });
      return { id, name, createdAt: tx.now.toISOString() };
    });
  }
}

/** Nothing when the account has an organization of that name. */
async function insertOrganization(
  { em, now }: Transaction,
  accountId: string,
  name: string,
): Promise<string | undefined> {
  const [inserted] = await sql<{ id: string }>(
    em,
    `INSERT INTO organizations (id, account_id, name, version, created_at) VALUES ($1, $2, $3, 1, $4)
     ON CONFLICT ON CONSTRAINT organizations_name DO NOTHING RETURNING id`,
    [uuidv7({ msecs: now.getTime() }), accountId, name, now],
  );
  return inserted?.id;
}
