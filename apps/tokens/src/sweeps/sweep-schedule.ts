import { Logger, repeat } from '@valetkey/observability';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SweepSessionsJob } from './sweep-sessions.job.ts';

const EVERY_MS = 1_000;

/** Sweeps each second, in every replica: an end is told about a second after it came. */
@Injectable()
export class SweepSchedule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private sweeping?: ReturnType<typeof repeat>;

  constructor(
    private readonly job: SweepSessionsJob,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeping = repeat({
      everyMs: EVERY_MS,
      work: () => this.job.run(),
      onError: (err) => this.logger.warn({ err }, 'a sweep failed, the next one comes'),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweeping?.stop();
  }
}
