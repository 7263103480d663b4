import { Failure } from '@valetkey/contracts';
import type { FastifyInstance } from 'fastify';
import { bodyViolation } from './body-violation.ts';

/** 64 KiB, of any body. */
export const BODY_LIMIT = 64 * 1024;

/** Reads JSON bodies and no others, strictly: well-formed UTF-8, no `__proto__`, no {@link bodyViolation}; else a 400 problem. */
export function readJsonBodies(fastify: FastifyInstance): void {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parse = fastify.getDefaultJsonParser('error', 'error');
  // Fastify reads plain text too.
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    let text: string;
    try {
      text = decoder.decode(typeof body === 'string' ? Buffer.from(body) : body);
    } catch {
      // TextDecoder throws a TypeError for nothing but malformed UTF-8.
      done(new MalformedBody('is not well-formed UTF-8'));
      return;
    }
    if (text === '') {
      done(null, undefined);
      return;
    }
    void parse(request, text, (error, value: unknown) => {
      const violation = error ? undefined : bodyViolation(value);
      if (error) done(new MalformedBody('is not JSON that can be read'));
      else if (violation) done(new MalformedBody(violation.detail, violation.pointer));
      else done(null, value);
    });
  });
}

/** A body that could not be read; answered as `malformed`. */
export class MalformedBody extends Error {
  readonly failure: Failure;

  constructor(detail: string, pointer = '') {
    super(detail);
    this.failure = new Failure('malformed', { errors: [{ pointer, detail }] });
  }
}
