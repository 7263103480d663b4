import type { FastifyRequest } from 'fastify';

/** Host-bound (RFC 6265bis §4.1.3.2): no other host can set or read it. */
export const SESSION_COOKIE = '__Host-valetkey';

export interface RequestSecret {
  secret: string;
  by: 'bearer' | 'cookie';
}

/** The credential of a request: `Authorization: Bearer` (RFC 6750 §2.1) comes before the cookie. */
export function secretOfRequest({ headers, cookies }: FastifyRequest): RequestSecret | undefined {
  const bearer = /^Bearer +([^ ]+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return { secret: bearer, by: 'bearer' };
  const cookie = cookies[SESSION_COOKIE];
  return cookie ? { secret: cookie, by: 'cookie' } : undefined;
}

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/** An unsafe request by cookie must come from our own pages: exact `Origin`, or the browser's word for it. */
export function isCrossSite({ method, headers }: FastifyRequest, ownOrigin: string): boolean {
  if (safeMethods.includes(method)) return false;
  if (headers.origin !== undefined) return headers.origin !== ownOrigin;
  return headers['sec-fetch-site'] !== 'same-origin';
}
