import type { FastifyReply, FastifyRequest } from 'fastify';

/** What stands in every answer; documents and what a browser shows carry more of them. */
export function withCommonHeaders({ id }: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.headers({ 'x-request-id': id, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
}
