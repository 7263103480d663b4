import { Failure, type OAuthError, oauthErrorOf, problems } from '@valetkey/contracts';
import type { FastifyReply } from 'fastify';

/** Refuses as `/oauth/*` does: by RFC 6749 §5.2 instead of with a problem. */
export function sendOAuthFailure(reply: FastifyReply, { code, extras }: Failure): FastifyReply {
  const { status, title } = problems[code];
  if (status === 401) reply.header('www-authenticate', 'Basic realm="valetkey"');
  if (status === 503) reply.header('retry-after', Math.ceil(extras.retryAfter ?? 1));
  const error: OAuthError = { error: oauthErrorOf(code), error_description: extras.detail ?? title };
  return reply.status(status).send(error);
}

/** A parameter that is missing or wrong. */
export function invalidRequest(detail: string): Failure {
  return new Failure('malformed', { detail });
}
