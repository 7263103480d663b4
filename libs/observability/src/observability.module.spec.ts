import { describe, expect, test } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Clock, Health, Logger, Metrics, ObservabilityModule, SystemClock, TestClock } from './index.ts';

@Injectable()
class Service {
  constructor(
    readonly logger: Logger,
    readonly metrics: Metrics,
    readonly health: Health,
    readonly clock: Clock,
  ) {}
}

@Module({ providers: [Service], exports: [Service] })
class FeatureModule {}

const building = () =>
  Test.createTestingModule({
    imports: [
      ObservabilityModule.forRoot({ service: 'tokens', config: { LOG_LEVEL: 'silent', LOG_FORMAT: 'json' } }),
      FeatureModule,
    ],
  });

describe('The observability module', () => {
  test('gives every module the same logger, metrics, health and clock', async () => {
    const app = await building().compile();
    const service = app.get(Service);
    expect(service.logger.info).toBeInstanceOf(Function);
    expect(service.metrics).toBe(app.get(Metrics));
    expect(service.health).toBe(app.get(Health));
    expect(service.clock).toBeInstanceOf(SystemClock);
    await app.close();
  });

  test('lets a test move the clock', async () => {
    const clock = new TestClock();
    const app = await building().overrideProvider(Clock).useValue(clock).compile();
    expect(app.get(Service).clock).toBe(clock);
    await app.close();
  });
});
