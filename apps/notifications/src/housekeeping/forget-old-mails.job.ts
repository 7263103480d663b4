import { Clock, Logger } from '@valetkey/observability';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

const HOUR_MS = 3_600_000;
/** Longer than any order of a mail could be delivered again. */
const KEPT_MS = 30 * 24 * HOUR_MS;

/** Hourly, in each replica: what became of a mail is known for thirty days. Twice is harmless. */
@Injectable()
export class ForgetOldMailsJob implements OnApplicationBootstrap, OnModuleDestroy {
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
    const before = new Date(this.clock.now().getTime() - KEPT_MS);
    try {
      await sql(this.em.fork(), 'DELETE FROM mails WHERE settled_at <= $1', [before]);
    } catch (error) {
      this.logger.warn({ err: error }, 'old mails stay until the next time');
    }
  }
}
