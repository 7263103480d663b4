import { BODY_LIMIT, MalformedBody, readJsonBodies, requestIdOf, sendProblem } from '@valetkey/http';
import { Failure, type ProblemCode } from '@valetkey/contracts';
import { Logger, Metrics } from '@valetkey/observability';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { GATEWAY_CONFIG } from './gateway-config.token.ts';
import type { GatewayConfig } from './gateway.config.ts';
import { AuditExportRoutes } from './routes/audit-export.routes.ts';
import { ContractRoutes } from './routes/contract.routes.ts';
import { ForwardAuthRoutes } from './routes/forward-auth.routes.ts';
import { IntrospectionRoutes } from './routes/introspection.routes.ts';
import { MetadataRoutes } from './routes/metadata.routes.ts';
import { sendOAuthFailure } from './routes/oauth-error.ts';
import { RevocationRoutes } from './routes/revocation.routes.ts';
import { RouteMethods } from './routes/route-methods.ts';
import { SessionRoutes } from './routes/session.routes.ts';

/** The HTTP listener: what is common to all routes, and which there are. */
@Injectable()
export class HttpServer implements OnApplicationBootstrap, OnModuleDestroy {
  readonly fastify: FastifyInstance;

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
    private readonly contracts: ContractRoutes,
    private readonly sessions: SessionRoutes,
    private readonly introspection: IntrospectionRoutes,
    private readonly revocation: RevocationRoutes,
    private readonly metadata: MetadataRoutes,
    private readonly forwardAuth: ForwardAuthRoutes,
    private readonly auditExport: AuditExportRoutes,
  ) {
    this.fastify = Fastify({
      bodyLimit: BODY_LIMIT,
      trustProxy: config.TRUSTED_PROXIES.length > 0 ? [...config.TRUSTED_PROXIES] : false,
      genReqId: (raw) => requestIdOf(raw.headers['x-request-id']),
      routerOptions: { maxParamLength: 200 },
      forceCloseConnections: 'idle',
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    const { fastify } = this;
    await fastify.register(helmet);
    await fastify.register(cookie);
    this.refuseAsProblems();
    this.observe();
    readJsonBodies(fastify);
    const areas = [this.sessions, this.contracts, this.introspection, this.revocation, this.metadata, this.forwardAuth, this.auditExport];
    for (const area of areas) await area.register(fastify);
    await fastify.listen({ port: this.config.PORT, host: this.config.HOST });
  }

  /** Where it listens, once it does. */
  get url(): string {
    const [listening] = this.fastify.addresses();
    if (typeof listening !== 'object') throw new Error('The gateway does not listen yet');
    return `http://${listening.address}:${listening.port}`;
  }

  /** Takes nothing new, and answers what is under way. */
  async onModuleDestroy(): Promise<void> {
    await this.fastify.close();
  }

  private refuseAsProblems(): void {
    const methods = new RouteMethods(this.fastify);
    this.fastify.setNotFoundHandler((request, reply) => {
      const allowed = methods.of(request.url);
      if (allowed.length === 0) return sendProblem(reply, new Failure('not_found'), request.id);
      return sendProblem(reply.header('allow', allowed.join(', ')), new Failure('method_not_allowed'), request.id);
    });
    this.fastify.setErrorHandler((error: FastifyError, request, reply) => {
      const failure = failureOf(error);
      if (failure.code === 'internal') this.logger.error({ err: error, requestId: request.id }, 'request failed');
      const isOAuth = request.routeOptions.url?.startsWith('/oauth/') ?? false;
      return isOAuth ? sendOAuthFailure(reply, failure) : sendProblem(reply, failure, request.id);
    });
  }

  private observe(): void {
    this.fastify.addHook('onRequest', async (request, reply) => {
      reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    });
    this.fastify.addHook('onResponse', async (request, reply) => this.record(request, reply));
  }

  private record(request: FastifyRequest, reply: FastifyReply): void {
    const { method, id: requestId, routeOptions } = request;
    const { statusCode: status, elapsedTime } = reply;
    const route = routeOptions.url ?? 'unknown';
    this.metrics.recordHttpRequest({ method, route, status }, elapsedTime / 1000);
    // A line for each verification would cost more than the verification.
    const isHot = routeOptions.config.hot === true;
    if (!isHot) this.logger.info({ method, route, status, ms: Math.round(elapsedTime), requestId }, 'answered');
  }
}

/** What Fastify refuses before a route sees it. */
const refusals: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed',
  FST_ERR_BAD_URL: 'not_found',
};

function failureOf(error: FastifyError): Failure {
  if (error instanceof MalformedBody) return error.failure;
  const code = refusals[error.code];
  if (code) return new Failure(code);
  const status = error.statusCode ?? 500;
  return new Failure(status >= 400 && status < 500 ? 'malformed' : 'internal');
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A verification route: counted, not logged. */
    hot?: boolean;
  }
}
