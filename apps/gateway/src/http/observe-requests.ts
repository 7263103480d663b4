import type { Logger, Metrics } from '@valetkey/observability';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Counts, times and logs what is answered. */
export function observeRequests(fastify: FastifyInstance, metrics: Metrics, logger: Logger): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    record(request, reply, metrics, logger);
    done();
  });
}

function record(request: FastifyRequest, reply: FastifyReply, metrics: Metrics, logger: Logger): void {
  const { method, id: requestId, routeOptions } = request;
  const { statusCode: status, elapsedTime } = reply;
  const route = routeOptions.url ?? 'unknown';
  metrics.recordHttpRequest({ method, route, status }, elapsedTime / 1000);
  // A line for each verification would cost more than the verification.
  if (routeOptions.config.hot === true) return;
  logger.info({ method, route, status, ms: Math.round(elapsedTime), requestId }, 'answered');
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A verification route: counted, not logged. */
    hot?: boolean;
  }
}
