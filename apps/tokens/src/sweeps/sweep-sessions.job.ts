import type { Job } from '@valetkey/observability';
import { Outbox, systemContext, type Transaction } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { RedemptionThrottle } from '../throttles/redemption-throttle.ts';
import { BATCH } from './batch.ts';
import { endAccessKeys } from './end-access-keys.ts';
import { endAccessLinks } from './end-access-links.ts';
import { endDueSessions, putOffUsedSessions } from './end-due-sessions.ts';
import { endGraces } from './end-graces.ts';
import { endLoginTokens } from './end-login-tokens.ts';
import { followPolicies } from './follow-policies.ts';
import { forgetEndedSessions } from './forget-ended-sessions.ts';
import { remindOfAccessKeys, remindOfLoginTokens } from './remind-of-expiry.ts';

/** What time brings about, each in batches: what it names must be over when a batch is not full. */
const works = [
  endLoginTokens,
  endAccessKeys,
  endAccessLinks,
  endGraces,
  followPolicies,
  putOffUsedSessions,
  endDueSessions,
  forgetEndedSessions,
  remindOfLoginTokens,
  remindOfAccessKeys,
];

/**
 * Ends what time has ended: tokens, keys and links past their expiry, secrets past their grace, sessions idle or too old. An
 * end is told about a second after it came, and an expiry days before.
 */
@Injectable()
export class SweepSessionsJob implements Job {
  readonly everyMs = 1_000;

  constructor(
    private readonly outbox: Outbox,
    private readonly throttle: RedemptionThrottle,
  ) {}

  /** One pass over all that is due now. */
  async run(): Promise<void> {
    for (const work of works) while ((await this.inTransaction(work)) === BATCH);
    await this.throttle.forget();
  }

  private inTransaction(work: (tx: Transaction) => Promise<number>): Promise<number> {
    return this.outbox.transactional(systemContext('tokens'), work);
  }
}
