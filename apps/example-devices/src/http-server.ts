import { Failure } from '@valetkey/contracts';
import { BODY_LIMIT, closeGently, MalformedBody, readJsonBodies, requestIdOf, sendProblem } from '@valetkey/http';
import { Logger } from '@valetkey/observability';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { DEVICES_CONFIG } from './devices-config.token.ts';
import { DeviceRoutes } from './device.routes.ts';
import { DeviceStreamRoutes } from './device-stream.routes.ts';
import type { DevicesConfig } from './devices.config.ts';

@Injectable()
export class HttpServer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly fastify: FastifyInstance;
  private address?: string;

  constructor(
    @Inject(DEVICES_CONFIG) private readonly config: DevicesConfig,
    private readonly logger: Logger,
    private readonly devices: DeviceRoutes,
    private readonly streams: DeviceStreamRoutes,
  ) {
    this.fastify = Fastify({
      bodyLimit: BODY_LIMIT,
      trustProxy: config.TRUSTED_PROXIES ? [...config.TRUSTED_PROXIES] : false,
      genReqId: ({ headers }) => requestIdOf(headers['x-request-id']),
      forceCloseConnections: 'idle',
      // What comes on an open connection while we close is still served, and its connection closed then.
      return503OnClosing: false,
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    const { fastify, config } = this;
    this.refuseAsProblems();
    readJsonBodies(fastify);
    fastify.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));
    this.devices.register(fastify);
    this.streams.register(fastify);
    this.address = await fastify.listen({ port: config.PORT, host: config.HOST });
  }

  async onModuleDestroy(): Promise<void> {
    await closeGently(this.fastify);
  }

  /** Where it listens, once it does. */
  get url(): string {
    if (this.address === undefined) throw new Error('it does not listen yet');
    return this.address;
  }

  private refuseAsProblems(): void {
    this.fastify.setNotFoundHandler((request, reply) => sendProblem(reply, new Failure('not_found'), request.id));
    this.fastify.setErrorHandler((error: FastifyError, request, reply) => {
      const failure = failureOf(error);
      if (failure.code === 'internal') this.logger.error({ err: error, requestId: request.id }, 'request failed');
      return sendProblem(reply, failure, request.id);
    });
  }
}

function failureOf(error: FastifyError): Failure {
  if (error instanceof MalformedBody) return error.failure;
  return new Failure(error.statusCode !== undefined && error.statusCode < 500 ? 'malformed' : 'internal');
}
