import { type Failure, oauthErrorOf, problems } from '@valetkey/contracts';
import type { FastifyReply } from 'fastify';

/** Errors of `/oauth/*` follow RFC 6749 §5.2 instead of problem+json. */
export function sendOAuthError(reply: FastifyReply, error: 'invalid_client' | 'invalid_request'): FastifyReply {
  if (error === 'invalid_client') reply.header('www-authenticate', 'Basic realm="valetkey"');
  return reply.status(error === 'invalid_client' ? 401 : 400).send({ error });
}

/** RFC 7009 §2.2.1 and good manners: try again, the platform is not whole. */
export function sendOAuthUnavailable(reply: FastifyReply): FastifyReply {
  return reply.status(503).header('retry-after', '1').send({ error: 'temporarily_unavailable' });
}

/** What was refused before a route saw it, in the words of OAuth. */
export function sendOAuthFailure(reply: FastifyReply, { code }: Failure): FastifyReply {
  const { status, title } = problems[code];
  return reply.status(status).send({ error: oauthErrorOf(code), error_description: title });
}
