import type { BeforeApplicationShutdown, OnApplicationBootstrap, Provider, Type } from '@nestjs/common';
import { Logger } from './logger.ts';
import { repeat } from './repeat.ts';

/** What a service does again and again, in each of its replicas: two of them may do it at once. */
export interface Job {
  /** Milliseconds between the end of one run and the beginning of the next. */
  readonly everyMs: number;
  /** One run. When it rejects, that is logged, and the next one comes all the same. */
  run(): Promise<void>;
}

/** Provides a job, and runs it from the start of its service until the service stops. */
export function scheduled(job: Type<Job>): Provider[] {
  const useFactory = (instance: Job, logger: Logger) => new Schedule(instance, logger.child({ job: job.name }));
  return [job, { provide: scheduleOf(job), inject: [job, Logger], useFactory }];
}

/** The token of a job's {@link Schedule}, for tests that say themselves when the job runs. */
export function scheduleOf(job: Type<Job>): string {
  return `schedule of ${job.name}`;
}

/** Stopping waits for a run under way, while the database and the bus still stand. */
export class Schedule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private repeated?: ReturnType<typeof repeat>;

  constructor(
    private readonly job: Job,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.repeated = repeat({
      everyMs: this.job.everyMs,
      work: () => this.job.run(),
      onError: (err) => this.logger.warn({ err }, 'a job failed, its next run comes'),
    });
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.stop();
  }

  async stop(): Promise<void> {
    await this.repeated?.stop();
  }
}
