import { Failure } from '@valetkey/contracts';
import type { FastifyInstance } from 'fastify';

/** 64 KiB, of any body. */
export const BODY_LIMIT = 64 * 1024;

/** Deeper than any contract goes; a stack is not endless. */
const MAX_DEPTH = 32;

/** Reads JSON bodies and no others, strictly: well-formed UTF-8, no `__proto__`, no bottomless nesting; else a 400 problem. */
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
      if (error) done(new MalformedBody('is not JSON that can be read'));
      else if (isDeeperThan(value, MAX_DEPTH)) done(new MalformedBody('is nested too deeply'));
      else done(null, value);
    });
  });
}

/** A body that could not be read; answered as `malformed`. */
export class MalformedBody extends Error {
  readonly failure: Failure;

  constructor(detail: string) {
    super(detail);
    this.failure = new Failure('malformed', { errors: [{ pointer: '', detail }] });
  }
}

function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= limit; depth += 1) {
    level = level.flatMap((one): unknown[] => (typeof one === 'object' && one !== null ? Object.values(one) : []));
    if (level.length === 0) return false;
  }
  return true;
}
