import { type Failure, type Problem, type ProblemCode, problems, problemType } from '@valetkey/contracts';
import type { FastifyReply } from 'fastify';

/** A failure as RFC 9457 problem details. */
export function problemOf({ code, extras }: Failure, requestId: string): Problem {
  const { status, title } = problems[code];
  const { detail, errors } = extras;
  return {
    type: problemType(code),
    title,
    status,
    ...(detail !== undefined && { detail }),
    code,
    requestId,
    ...(errors && { errors }),
  };
}

/** Answers a failure, with the headers that its status asks for (RFC 6750 §3, RFC 9110 §10.2.3). */
export function sendProblem(reply: FastifyReply, failure: Failure, requestId: string): FastifyReply {
  const problem = problemOf(failure, requestId);
  if (problem.status === 401) reply.header('www-authenticate', challengeOf(failure.code));
  const retryAfter = failure.extras.retryAfter ?? (problem.status === 503 ? 1 : undefined);
  if (retryAfter !== undefined) reply.header('retry-after', Math.ceil(retryAfter));
  return reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

function challengeOf(code: ProblemCode): string {
  return code === 'unauthenticated' ? 'Bearer realm="valetkey"' : 'Bearer realm="valetkey", error="invalid_token"';
}
