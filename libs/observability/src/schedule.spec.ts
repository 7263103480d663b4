import { describe, expect, test } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { createLogger, type Job, Logger, ObservabilityModule, type Schedule, scheduled, scheduleOf } from './index.ts';

const HOUR_MS = 3_600_000;

/** A job whose run waits until a test says how it ends. */
@Injectable()
class TidyUpJob implements Job {
  readonly everyMs = HOUR_MS;
  readonly begun = Promise.withResolvers<undefined>();
  readonly end = Promise.withResolvers<undefined>();
  ended = false;

  async run(): Promise<void> {
    this.begun.resolve(undefined);
    await this.end.promise;
    this.ended = true;
  }
}

async function startService() {
  const lines: unknown[] = [];
  const logger = createLogger(
    { service: 'tokens', level: 'trace', format: 'json' },
    { write: (line) => void lines.push(JSON.parse(line)) },
  );
  const observability = ObservabilityModule.forRoot({
    service: 'tokens',
    config: { LOG_LEVEL: 'silent', LOG_FORMAT: 'json' },
  });
  const module = await Test.createTestingModule({ imports: [observability], providers: scheduled(TidyUpJob) })
    .overrideProvider(Logger)
    .useValue(logger)
    .compile();
  return { app: await module.init(), job: module.get(TidyUpJob), lines };
}

describe('A scheduled job', () => {
  test('runs from the start of its service', async () => {
    const { app, job } = await startService();
    await job.begun.promise;
    job.end.resolve(undefined);
    await app.close();
    expect(job.ended).toBe(true);
  });

  test('ends its run before the service does', async () => {
    const { app, job } = await startService();
    await job.begun.promise;
    const closed = app.close().then(() => job.ended);
    job.end.resolve(undefined);
    expect(await closed).toBe(true);
  });

  test('whose run fails is logged by its name', async () => {
    const { app, job, lines } = await startService();
    job.end.reject(new Error('the database is away'));
    await app.close();
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        job: 'TidyUpJob',
        err: expect.objectContaining({ message: 'the database is away' }),
      }),
    );
  });

  test('can be stopped by a test that runs it itself', async () => {
    const { app, job } = await startService();
    job.end.resolve(undefined);
    await app.get<Schedule>(scheduleOf(TidyUpJob)).stop();
    expect(job.ended).toBe(true);
    await app.close();
  });
});
