import { Failure, type ProblemCode } from '@valetkey/contracts';
import { MalformedBody, sendProblem } from '@valetkey/http';
import type { Logger } from '@valetkey/observability';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendOAuthFailure } from '../oauth/oauth-error.ts';
import { RouteMethods } from './route-methods.ts';

/** Answers what no route answers: unknown paths and methods, bodies that cannot be read, and our own faults. */
export function refuseRequests(fastify: FastifyInstance, logger: Logger): void {
  const methods = new RouteMethods(fastify);
  leaveBodiesUnread(fastify);
  refuseWithoutHost(fastify);
  fastify.setNotFoundHandler((request, reply) => {
    const allowed = methods.of(request.url);
    if (allowed.length === 0) return refuse(request, reply, new Failure('not_found'));
    return refuse(request, reply.header('allow', allowed.join(', ')), new Failure('method_not_allowed'));
  });
  fastify.setErrorHandler((error: FastifyError, request, reply) => {
    const failure = failureOf(error);
    if (failure.code === 'internal') logger.error({ err: error, requestId: request.id }, 'request failed');
    return refuse(request, reply, failure);
  });
}

/** Under `/oauth` as RFC 6749 §5.2 has it, else with a problem. */
function refuse(request: FastifyRequest, reply: FastifyReply, failure: Failure): FastifyReply {
  return request.url.startsWith('/oauth/') ? sendOAuthFailure(reply, failure) : sendProblem(reply, failure, request.id);
}

/** Where there is no route, no body is worth a look; each scope says what it reads. */
function leaveBodiesUnread(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    done(null);
  });
  // No route reads a body of it; Fastify would ask for its content type first (RFC 10008 §2).
  fastify.addHttpMethod('QUERY', { overrideExisting: true });
}

/** RFC 9112 §3.2: since HTTP/1.1 a request names its host. */
function refuseWithoutHost(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { headers, httpVersion } = request.raw;
    if (headers.host !== undefined || httpVersion !== '1.1') done();
    else refuse(request, reply.header('connection', 'close'), withoutHost);
  });
}

const withoutHost = new Failure('malformed', { errors: [{ pointer: '', detail: 'names no host' }] });

/** What Fastify refuses before a route sees it. */
const refusals: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed',
};

function failureOf(error: FastifyError): Failure {
  if (error instanceof MalformedBody) return error.failure;
  const code = refusals[error.code];
  if (code) return new Failure(code);
  const status = error.statusCode ?? 500;
  return new Failure(status >= 400 && status < 500 ? 'malformed' : 'internal');
}
