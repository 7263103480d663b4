import { parse, type ParsedUrlQuery } from 'node:querystring';
import { MalformedBody } from '@valetkey/http';
import type { FastifyInstance } from 'fastify';

/** Parameters by their names. */
export type Form = Readonly<Record<string, string | undefined>>;

/** Reads `application/x-www-form-urlencoded` bodies, as `/oauth/*` takes them, and nothing else. */
export function readForms(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    const form = parse(body.toString(), '&', '=', { maxKeys: 0 });
    if (isForm(form)) done(null, form);
    else done(new MalformedBody('names a parameter twice'));
  });
}

/** RFC 6749 §3.2: no parameter stands in a request more than once. */
function isForm(form: ParsedUrlQuery): form is Record<string, string> {
  for (const name in form) if (typeof form[name] !== 'string') return false;
  return true;
}
