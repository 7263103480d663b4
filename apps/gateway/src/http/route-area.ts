import type { FastifyInstance } from 'fastify';

/** Routes that belong together. */
export interface RouteArea {
  register(fastify: FastifyInstance): void | Promise<void>;
}

/** Injects all {@link RouteArea}s but that of `/oauth`. */
export const ROUTE_AREAS = Symbol('valetkey:route-areas');
