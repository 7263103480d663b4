import { Clock, type Job } from '@valetkey/observability';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

/** The content of a failed mail goes when nobody may have it tried again any more. */
@Injectable()
export class WipeFailedMailsJob implements Job {
  readonly everyMs = 60_000;

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    await sql(this.em.fork(), 'UPDATE mails SET sealed = NULL, kept_until = NULL WHERE kept_until <= $1', [
      this.clock.now(),
    ]);
  }
}
