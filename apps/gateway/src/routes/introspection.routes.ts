import { isIP } from 'node:net';
import { Failure } from '@valetkey/contracts';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CredentialStore } from '../credentials/credential-store.ts';
import { Uses } from '../credentials/uses.ts';
import type { Verified } from '../credentials/verified.ts';
import { readForms } from './form-body.ts';
import { introspectionOf } from './introspection-answer.ts';
import { sendOAuthError, sendOAuthUnavailable } from './oauth-error.ts';
import { ResourceServerAuthenticator } from './resource-server-authenticator.ts';

const INACTIVE = '{"active":false}';

/** Token introspection (RFC 7662): the verification path, answered from memory while that can be trusted. */
@Injectable()
export class IntrospectionRoutes {
  /** Answers as text, as long as what they follow from is kept. */
  private readonly written = new WeakMap<Verified, string>();

  constructor(
    private readonly servers: ResourceServerAuthenticator,
    private readonly store: CredentialStore,
    private readonly uses: Uses,
  ) {}

  async register(fastify: FastifyInstance): Promise<void> {
    await fastify.register(async (scope) => {
      readForms(scope);
      scope.post('/oauth/introspect', { config: { hot: true } }, (request, reply) => this.introspect(request, reply));
    });
  }

  private async introspect(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const client = await this.servers.authenticate(request.headers.authorization);
    if (client instanceof Failure) return sendOAuthUnavailable(reply);
    if (client === undefined) return sendOAuthError(reply, 'invalid_client');
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const token = form.get('token');
    if (!token) return sendOAuthError(reply, 'invalid_request');
    const clientAddress = form.get('client_address') || undefined;
    if (clientAddress !== undefined && isIP(clientAddress) === 0) return sendOAuthError(reply, 'invalid_request');
    const verified = await this.store.verify(token, clientAddress);
    if (verified instanceof Failure) return sendOAuthUnavailable(reply);
    return reply.type('application/json').send(verified ? this.write(verified, clientAddress) : INACTIVE);
  }

  private write(verified: Verified, clientAddress: string | undefined): string {
    this.uses.note(verified.state.id, clientAddress ?? verified.state.address);
    let text = this.written.get(verified);
    if (text === undefined) {
      text = JSON.stringify(introspectionOf(verified));
      this.written.set(verified, text);
    }
    return text;
  }
}
