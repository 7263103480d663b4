import { MalformedBody } from '@valetkey/http';
import type { FastifyInstance } from 'fastify';

/** Reads `application/x-www-form-urlencoded` bodies, as `/oauth/*` takes them, and nothing else. */
export function readForms(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    const form = new URLSearchParams(body.toString());
    if (namesTwice(form)) done(new MalformedBody('names a parameter twice'));
    else done(null, form);
  });
}

/** RFC 6749 §3.2: no parameter stands in a request more than once. */
function namesTwice(form: URLSearchParams): boolean {
  return new Set(form.keys()).size < form.size;
}
