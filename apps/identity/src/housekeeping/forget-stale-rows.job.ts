import { Clock, type Job } from '@valetkey/observability';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * What nobody has come back to. A sign-up can be renewed for a week after its verification has expired, an enrolment in
 * two-factor finished for a day.
 */
@Injectable()
export class ForgetStaleRowsJob implements Job {
  readonly everyMs = HOUR_MS;

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const em = this.em.fork();
    const now = this.clock.now();
    const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
    await sql(em, 'DELETE FROM sign_ups WHERE expires_at <= $1', [daysAgo(7)]);
    await sql(em, 'DELETE FROM failed_sign_ins WHERE NOT of_user AND last_at <= $1', [daysAgo(1)]);
    await sql(em, 'DELETE FROM sign_in_challenges WHERE expires_at <= $1', [now]);
    await sql(em, 'DELETE FROM two_factors WHERE enabled_at IS NULL AND created_at <= $1', [daysAgo(1)]);
    await sql(em, 'DELETE FROM email_verifications WHERE expires_at <= $1', [now]);
    await sql(em, 'DELETE FROM password_resets WHERE expires_at <= $1', [now]);
    await sql(em, 'DELETE FROM known_places WHERE last_at <= $1', [daysAgo(180)]);
    await sql(em, 'DELETE FROM throttles WHERE ends_at <= $1', [now]);
  }
}
