import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Health } from './health.ts';
import { Logger } from './logger.ts';
import { startManagementServer } from './management-server.ts';
import { Metrics } from './metrics.ts';
import { NestLogger } from './nest-logger.ts';
import { startTracing } from './tracing.ts';

/** As `observabilityVariables` of libs/config read it. */
interface ProcessConfig {
  readonly MANAGEMENT_PORT: number;
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string;
}

/** Past this an orchestrator would kill us anyway; better with a word in the log. */
const SHUTDOWN_TIMEOUT_MS = 9_000;

export interface ServiceProcess {
  service: string;
  config: ProcessConfig;
  module: DynamicModule;
  /** Makes the application where it is more than a context: the gateway listens for HTTP. */
  create?: () => Promise<INestApplicationContext>;
}

/**
 * Runs a service until SIGTERM or SIGINT: requests in flight end, the bus is drained, exit code 0. A start that fails,
 * or a shutdown of more than 9 s, exits with 1.
 */
export async function runService({ service, config, module, create }: ServiceProcess): Promise<void> {
  const app = create
    ? await create()
    : // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class and takes any object
      await NestFactory.createApplicationContext(module, { bufferLogs: true, abortOnError: false });
  const logger = app.get(Logger);
  app.useLogger(new NestLogger(logger));
  const tracing = await startTracing({ service, endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT, logger });
  const management = await startManagementServer({
    port: config.MANAGEMENT_PORT,
    health: app.get(Health),
    metrics: app.get(Metrics),
  });
  logger.info({ managementPort: management.port }, 'ready');

  let stopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => {
      logger.fatal('shutdown takes too long');
      process.exit(1);
    }, SHUTDOWN_TIMEOUT_MS).unref();
    await app.close();
    await Promise.all([management.close(), tracing.shutdown()]);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));
}
