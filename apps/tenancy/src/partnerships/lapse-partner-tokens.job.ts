import { partnershipLapsed } from '@valetkey/contracts';
import type { Job } from '@valetkey/observability';
import { Outbox, systemContext, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { BATCH } from '../batch.ts';
import { findPartnerships } from './partnership-rows.ts';

/** Notes and tells that a partner token has lapsed, within a minute; it counts as lapsed from its very moment. */
@Injectable()
export class LapsePartnerTokensJob implements Job {
  readonly everyMs = 60_000;

  constructor(private readonly outbox: Outbox) {}

  async run(): Promise<void> {
    while ((await this.outbox.transactional(systemContext('tenancy'), lapseSome)) === BATCH);
  }
}

/** Those of a deleted account wait: it may be restored, and then their end is told. */
async function lapseSome({ em, now, emit }: Transaction): Promise<number> {
  const lapsed = await sql<{ id: string }>(
    em,
    `UPDATE partnerships SET status = 'lapsed', version = version + 1, revision = revision + 1 WHERE id IN (
       SELECT p.id FROM partnerships p JOIN accounts a ON a.id = p.provider_account_id AND a.deleted_at IS NULL
        WHERE p.status = 'pending' AND p.expires_at <= $1 ORDER BY p.expires_at LIMIT ${BATCH} FOR UPDATE OF p SKIP LOCKED)
     RETURNING id`,
    [now],
  );
  const ids = lapsed.map(({ id }) => id);
  for (const row of await findPartnerships(em, { where: 'p.id = ANY($1::uuid[])', values: [ids] })) {
    const { id, providerAccountId: accountId, version: sequence, providerName: accountName, clientName } = row;
    const data = { side: 'provider', accountName, ...(clientName !== null && { clientName }) } as const;
    emit(partnershipLapsed, { id, accountId, sequence, data });
  }
  return ids.length;
}
