import {
  type Failure,
  type Problem,
  type ProblemCode,
  problems,
  problemType,
  type Violation,
} from '@valetkey/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';

const wholly: Violation = { pointer: '', detail: 'cannot be read' };

/** A failure as RFC 9457 problem details. What is malformed is always somewhere: at least in the whole request. */
export function problemOf({ code, extras }: Failure, requestId: string): Problem {
  const { status, title, detail } = problems[code];
  const errors = extras.errors?.length || code !== 'malformed' ? extras.errors : [wholly];
  return {
    type: problemType(code),
    title,
    status,
    detail: extras.detail ?? detail,
    code,
    requestId,
    ...(errors && { errors }),
  };
}

/** Answers a failure, with the headers that its status asks for (RFC 6750 §3, RFC 9110 §10.2.3). */
export function sendProblem(reply: FastifyReply, failure: Failure, requestId: string): FastifyReply {
  const problem = problemOf(failure, requestId);
  if (problem.status === 401) reply.header('www-authenticate', challengeOf(failure.code, reply.request));
  const retryAfter = failure.extras.retryAfter ?? (problem.status === 503 ? 1 : undefined);
  if (retryAfter !== undefined) reply.header('retry-after', Math.ceil(retryAfter));
  return reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/**
 * RFC 6750 §3.1: an error for who sent a bearer that is not good, and for nobody else. `unauthenticated` is said of the
 * caller's own credential; the other codes are about something in the request, such as a password.
 */
function challengeOf(code: ProblemCode, { headers }: FastifyRequest): string {
  const isRejected = code === 'unauthenticated' && /^Bearer +[^ ]/i.test(headers.authorization ?? '');
  return isRejected ? 'Bearer realm="valetkey", error="invalid_token"' : 'Bearer realm="valetkey"';
}
