import { Failure } from '@valetkey/contracts';
import { BODY_LIMIT, closeGently, readJsonBodies, requestIdOf, sendProblem } from '@valetkey/http';
import { Logger, Metrics } from '@valetkey/observability';
import cookie from '@fastify/cookie';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import Fastify, { type FastifyInstance } from 'fastify';
import { GATEWAY_CONFIG } from '../gateway-config.token.ts';
import type { GatewayConfig } from '../gateway.config.ts';
import { OAuthArea } from '../oauth/oauth.area.ts';
import { withCommonHeaders } from './common-headers.ts';
import { withoutProxiedUrl } from './forward-auth-url.ts';
import { observeRequests } from './observe-requests.ts';
import { refuseRequests } from './refuse-requests.ts';
import { ROUTE_AREAS, type RouteArea } from './route-area.ts';
import { UnreadableRequests } from './unreadable-requests.ts';

/** The HTTP listener: what is common to all routes, and which there are. */
@Injectable()
export class HttpServer implements OnApplicationBootstrap, OnModuleDestroy {
  readonly fastify: FastifyInstance;

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
    private readonly oauth: OAuthArea,
    @Inject(ROUTE_AREAS) private readonly areas: readonly RouteArea[],
  ) {
    const unreadable = new UnreadableRequests(metrics, logger);
    this.fastify = Fastify({
      bodyLimit: BODY_LIMIT,
      trustProxy: config.TRUSTED_PROXIES.length > 0 ? [...config.TRUSTED_PROXIES] : false,
      genReqId: (raw) => requestIdOf(raw.headers['x-request-id']),
      routerOptions: { maxParamLength: 200 },
      rewriteUrl: ({ url = '/' }) => withoutProxiedUrl(url),
      // A URL that cannot be decoded reaches no route and no hook.
      frameworkErrors: (_error, request, reply) => {
        sendProblem(withCommonHeaders(request, reply), new Failure('not_found'), request.id);
      },
      clientErrorHandler: unreadable.refuse,
      // Asked for in refuse-requests, to be refused as all else is.
      http: { requireHostHeader: false },
      forceCloseConnections: 'idle',
      // What comes on an open connection while we close is still served, and its connection closed then.
      return503OnClosing: false,
    });
    this.fastify.server.on('checkExpectation', unreadable.refuseExpectation);
  }

  async onApplicationBootstrap(): Promise<void> {
    const { fastify, logger, metrics, config } = this;
    fastify.addHook('onRequest', (request, reply, done) => {
      withCommonHeaders(request, reply);
      done();
    });
    refuseRequests(fastify, logger);
    observeRequests(fastify, metrics, logger);
    // Machines need no cookies, and on the way of every verification they would weigh.
    await fastify.register(async (scope) => this.oauth.register(scope));
    await fastify.register(async (scope) => this.registerAreas(scope));
    await fastify.listen({ port: config.PORT, host: config.HOST });
  }

  /** Where it listens, once it does. */
  get url(): string {
    const [listening] = this.fastify.addresses();
    if (typeof listening !== 'object') throw new Error('The gateway does not listen yet');
    return `http://${listening.address}:${listening.port}`;
  }

  /** Takes nothing new, and answers what is under way. */
  async onModuleDestroy(): Promise<void> {
    await closeGently(this.fastify);
  }

  private async registerAreas(scope: FastifyInstance): Promise<void> {
    await scope.register(cookie);
    readJsonBodies(scope);
    for (const area of this.areas) await area.register(scope);
  }
}
