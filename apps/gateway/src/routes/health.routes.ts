import { getLiveness, getReadiness } from '@valetkey/contracts';
import { answerManagement, Health, Metrics } from '@valetkey/observability';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { RouteArea } from '../http/route-area.ts';
import { routeUrl } from '../http/route-url.ts';

/** What the management port answers orchestrators, for those who reach only the public one. */
@Injectable()
export class HealthRoutes implements RouteArea {
  constructor(
    readonly health: Health,
    readonly metrics: Metrics,
  ) {}

  register(fastify: FastifyInstance): void {
    for (const route of [getLiveness, getReadiness]) {
      fastify.get(routeUrl(route), async (_request, reply) => {
        const { status, headers, body } = await answerManagement(`GET ${route.http.path}`, this);
        return reply.status(status).headers(headers).send(body);
      });
    }
  }
}
