import { type DynamicModule, Module } from '@nestjs/common';
import { Clock, SystemClock } from './clock.ts';
import { Health } from './health.ts';
import { createLogger, Logger, type LoggerOptions } from './logger.ts';
import { Metrics } from './metrics.ts';

export interface ObservabilityModuleOptions {
  readonly service: string;
  /** As `observabilityVariables` of libs/config read it. */
  readonly config: { readonly LOG_LEVEL: string; readonly LOG_FORMAT: LoggerOptions['format'] };
}

/** Gives every module of a service its {@link Logger}, {@link Metrics}, {@link Health} and {@link Clock}, injected by class. */
@Module({})
export class ObservabilityModule {
  static forRoot({ service, config }: ObservabilityModuleOptions): DynamicModule {
    const { LOG_LEVEL: level, LOG_FORMAT: format } = config;
    return {
      module: ObservabilityModule,
      global: true,
      providers: [
        { provide: Logger, useFactory: () => createLogger({ service, level, format }) },
        { provide: Metrics, useFactory: () => new Metrics() },
        { provide: Health, useFactory: () => new Health() },
        { provide: Clock, useClass: SystemClock },
      ],
      exports: [Logger, Metrics, Health, Clock],
    };
  }
}
