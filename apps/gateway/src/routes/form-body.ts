import type { FastifyInstance } from 'fastify';

/** Reads `application/x-www-form-urlencoded` bodies, as `/oauth/*` takes them, and nothing else. */
export function readForms(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(body.toString()));
  });
}
