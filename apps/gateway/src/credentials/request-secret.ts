import type { FastifyRequest } from 'fastify';
import { FORWARDED_COOKIE, SESSION_COOKIE } from './session-cookies.ts';

export interface RequestSecret {
  secret: string;
  by: 'bearer' | 'cookie';
}

/**
 * The credential of a request: `Authorization: Bearer` (RFC 6750 §2.1) comes before the cookie; that of a forwarded session
 * is read where told so, and comes last, for any host of the domain could have set it to somebody else's.
 */
export function secretOfRequest({ headers, cookies }: FastifyRequest, forwarded = false): RequestSecret | undefined {
  const bearer = /^Bearer +([^ ]+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return { secret: bearer, by: 'bearer' };
  const cookie = cookies[SESSION_COOKIE] || (forwarded && cookies[FORWARDED_COOKIE]);
  return cookie ? { secret: cookie, by: 'cookie' } : undefined;
}

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/** An unsafe request by cookie must come from our own pages: exact `Origin`, or the browser's word for it. */
export function isCrossSite({ method, headers }: FastifyRequest, ownOrigin: string): boolean {
  if (safeMethods.includes(method)) return false;
  if (headers.origin !== undefined) return headers.origin !== ownOrigin;
  return headers['sec-fetch-site'] !== 'same-origin';
}

/** Whether a browser says that another site sends it; who is no browser says nothing. */
export function saysCrossSite({ headers }: FastifyRequest, ownOrigin: string): boolean {
  if (headers.origin !== undefined) return headers.origin !== ownOrigin;
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
