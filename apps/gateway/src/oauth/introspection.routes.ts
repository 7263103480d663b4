import { isIP } from 'node:net';
import { Failure, introspect } from '@valetkey/contracts';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type AskedFor, CredentialStore } from '../credentials/credential-store.ts';
import { Uses } from '../credentials/uses.ts';
import type { Verified } from '../credentials/verified.ts';
import { routeUrl } from '../http/route-url.ts';
import type { Form } from './form-body.ts';
import { introspectionOf } from './introspection-answer.ts';
import { invalidRequest, sendOAuthFailure } from './oauth-error.ts';

const INACTIVE = '{"active":false}';

/** Token introspection (RFC 7662): the verification path, answered from memory while that can be trusted. */
@Injectable()
export class IntrospectionRoutes {
  constructor(
    private readonly store: CredentialStore,
    private readonly uses: Uses,
  ) {}

  register(scope: FastifyInstance): void {
    scope.post<{ Body?: Form }>(routeUrl(introspect), { config: { hot: true } }, ({ body, headers }, reply) =>
      this.introspect(body ?? {}, headers['cache-control'] === 'no-cache', reply),
    );
  }

  /** No promise where none is needed: with one, Fastify waits for the end of the answer besides. */
  private introspect({ token, client_address }: Form, anew: boolean, reply: FastifyReply): Promise<void> | undefined {
    const address = client_address || undefined;
    if (!token) return void sendOAuthFailure(reply, invalidRequest('token is missing'));
    if (address !== undefined && (isIP(address) === 0 || address.includes('%'))) {
      return void sendOAuthFailure(reply, invalidRequest('client_address is no IP address'));
    }
    const asked = { address, anew, forwarded: true };
    const verified = anew ? undefined : this.store.kept(token, asked);
    if (!verified) return this.ask(token, asked, reply);
    this.answer(verified, address, reply);
    return undefined;
  }

  private async ask(token: string, asked: AskedFor, reply: FastifyReply): Promise<void> {
    const verified = await this.store.verify(token, asked);
    if (verified instanceof Failure) sendOAuthFailure(reply, verified);
    else this.answer(verified, asked.address, reply);
  }

  private answer(verified: Verified | undefined, address: string | undefined, reply: FastifyReply): void {
    if (verified) this.uses.note(verified.state, address);
    reply.header('content-type', 'application/json').send(verified ? textOf(verified) : INACTIVE);
  }
}

/** Written once for as long as it stays true. */
function textOf(verified: Verified): string {
  verified.introspection ??= JSON.stringify(introspectionOf(verified));
  return verified.introspection;
}
