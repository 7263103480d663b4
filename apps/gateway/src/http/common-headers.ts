import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { introspect } from '@valetkey/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import helmet from 'helmet';

/** Answers are no documents; a page says for itself what it needs. */
const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  xFrameOptions: { action: 'deny' },
});

type Headers = Readonly<Record<string, string>>;

/** What stands in every answer to a browser, whatever it is: asked of helmet once, for it is the same each time. */
export const commonHeaders: Headers = { ...protectiveHeaders(), 'cache-control': 'no-store' };
/** Of these a machine that verifies needs no more, and on the way of every verification the others would weigh. */
const machineHeaders: Headers = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };

/** By the URL, since to ask a request for its route costs more than the look-up that verifies. */
export function withCommonHeaders({ id, url }: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.headers(url === introspect.http.path ? machineHeaders : commonHeaders).header('x-request-id', id);
}

function protectiveHeaders(): Record<string, string> {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  // Throws what is wrong, and has done all when it returns.
  protect(response.req, response, () => undefined);
  return Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]));
}
