import { Clock, Logger } from '@valetkey/observability';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Hourly, in each replica: what nobody has come back to. Twice is harmless. */
@Injectable()
export class ForgetStaleRowsJob implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.run(), HOUR_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async run(): Promise<void> {
    try {
      await this.forget(this.clock.now());
    } catch (error) {
      this.logger.warn({ err: error }, 'stale rows stay until the next time');
    }
  }

  /** A sign-up can be renewed for a week after its verification has expired. */
  private async forget(now: Date): Promise<void> {
    const em = this.em.fork();
    const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
    await sql(em, 'DELETE FROM sign_ups WHERE expires_at <= $1', [daysAgo(7)]);
    await sql(em, 'DELETE FROM failed_sign_ins WHERE NOT of_user AND last_at <= $1', [daysAgo(1)]);
    await sql(em, 'DELETE FROM throttles WHERE ends_at <= $1', [now]);
  }
}
