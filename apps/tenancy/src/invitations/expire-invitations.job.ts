import type { Job } from '@valetkey/observability';
import { Outbox, systemContext } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { BATCH } from '../batch.ts';
import { endInvitations } from './end-invitations.ts';

/** Those of a deleted account wait: it may be restored, and then their end is told. */
const due = `id IN (
  SELECT i.id FROM invitations i JOIN accounts a ON a.id = i.account_id AND a.deleted_at IS NULL
   WHERE i.status = 'pending' AND i.expires_at <= $2 ORDER BY i.expires_at LIMIT ${BATCH} FOR UPDATE OF i SKIP LOCKED)`;

/** Notes and tells that an invitation has expired, within a minute; it counts as expired from its very moment. */
@Injectable()
export class ExpireInvitationsJob implements Job {
  readonly everyMs = 60_000;

  constructor(private readonly outbox: Outbox) {}

  async run(): Promise<void> {
    const context = systemContext('tenancy');
    const expire = () =>
      this.outbox.transactional(context, (tx) => endInvitations(tx, 'expired', { where: due, values: [tx.now] }));
    while ((await expire()) === BATCH);
  }
}
