import type { CredentialOpened } from '@valetkey/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { GATEWAY_CONFIG } from '../gateway-config.token.ts';
import type { GatewayConfig } from '../gateway.config.ts';

/** Host-bound (RFC 6265bis §4.1.3.2): no other host can set or read it. */
export const SESSION_COOKIE = '__Host-valetkey';

/** Read and set by every host of `COOKIE_DOMAIN` that has TLS (RFC 6265bis §4.1.3.1). */
export const FORWARDED_COOKIE = '__Secure-valetkey';

const attributes = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;

/** Sign-in by cookie: the session for the gateway's own host, its forwarded child for the hosts of products. */
@Injectable()
export class SessionCookies {
  private readonly domain: string | undefined;

  constructor(@Inject(GATEWAY_CONFIG) { COOKIE_DOMAIN }: Pick<GatewayConfig, 'COOKIE_DOMAIN'>) {
    this.domain = COOKIE_DOMAIN;
  }

  /** What the owner of sign-in is asked: without a domain nobody could take a forwarded session. */
  asked(input: Record<string, unknown>): Record<string, unknown> {
    return input['cookie'] === true && !this.domain ? { ...input, cookie: false } : input;
  }

  set(reply: FastifyReply, { secret, forwardedSecret }: CredentialOpened): FastifyReply {
    reply.setCookie(SESSION_COOKIE, secret, attributes);
    if (this.domain === undefined || forwardedSecret === undefined) return reply;
    return reply.setCookie(FORWARDED_COOKIE, forwardedSecret, { ...attributes, domain: this.domain });
  }

  clear(reply: FastifyReply): FastifyReply {
    reply.clearCookie(SESSION_COOKIE, attributes);
    return this.domain === undefined
      ? reply
      : reply.clearCookie(FORWARDED_COOKIE, { ...attributes, domain: this.domain });
  }
}
