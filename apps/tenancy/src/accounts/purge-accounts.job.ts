import { accountPurged } from '@valetkey/contracts';
import type { Job } from '@valetkey/observability';
import { Outbox, systemContext, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import {
  deletePartnershipsOfPurged,
  endPartnershipsOfPurged,
  nobodyToTakeOut,
} from '../partnerships/end-partnerships-of-purged.ts';

/** For so long a deleted account can be restored. */
const RESTORABLE_MS = 30 * 24 * 3600 * 1000;

/** All that belongs to an account, what others refer to last. Profiles belong to users, and stay. */
const belongings = ['memberships', 'organizations', 'groups', 'billing_details', 'last_accounts'];

/**
 * Deletes for good what was deleted thirty days ago, an account in each transaction, and tells the other services to do
 * likewise. An account whose partnerships stand is purged in steps: they end, and while another job takes their users out it is
 * passed over; restored in these moments it is without them. An account that another replica is at is left to it.
 */
@Injectable()
export class PurgeAccountsJob implements Job {
  /** An index of what is deleted alone makes a look cost nothing. */
  readonly everyMs = 5_000;

  constructor(private readonly outbox: Outbox) {}

  async run(): Promise<void> {
    while (await this.outbox.transactional(systemContext('tenancy'), purgeOne));
  }
}

/** False when nothing is due that can be done now. */
async function purgeOne(tx: Transaction): Promise<boolean> {
  const { em, now, emit } = tx;
  const [due] = await sql<{ id: string; name: string; version: number }>(
    em,
    `SELECT id, name, version FROM accounts a WHERE deleted_at <= $1 AND ${nobodyToTakeOut}
      ORDER BY deleted_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [new Date(now.getTime() - RESTORABLE_MS)],
  );
  if (!due) return false;
  const { id, name, version } = due;
  if (await endPartnershipsOfPurged(tx, id)) return true;
  await deletePartnershipsOfPurged(tx, id);
  for (const table of belongings) await sql(em, `DELETE FROM ${table} WHERE account_id = $1`, [id]);
  await sql(em, 'DELETE FROM accounts WHERE id = $1', [id]);
  emit(accountPurged, { id, accountId: id, sequence: version + 1, data: { name } });
  return true;
}
