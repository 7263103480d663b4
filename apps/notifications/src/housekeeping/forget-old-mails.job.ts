import { Clock, type Job } from '@valetkey/observability';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

const HOUR_MS = 3_600_000;
/** Longer than any order of a mail could be delivered again. */
const KEPT_MS = 30 * 24 * HOUR_MS;

/** What became of a mail is known for thirty days; what no digest could be made of waits no longer either. */
@Injectable()
export class ForgetOldMailsJob implements Job {
  readonly everyMs = HOUR_MS;

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_MS);
    const em = this.em.fork();
    await sql(em, `DELETE FROM mails WHERE settled_at <= $1 AND status <> 'queued'`, [before]);
    await sql(em, 'DELETE FROM digest_items WHERE created_at <= $1', [before]);
    await sql(em, 'DELETE FROM digests WHERE sent_for < $1::timestamptz::date', [before]);
  }
}
