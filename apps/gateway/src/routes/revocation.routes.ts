import { Failure, revokeCredential } from '@valetkey/contracts';
import { checkSecret, hashSecret } from '@valetkey/credentials';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ContractCaller } from './contract-caller.ts';
import { readForms } from './form-body.ts';
import { sendOAuthError, sendOAuthUnavailable } from './oauth-error.ts';
import { ResourceServerAuthenticator } from './resource-server-authenticator.ts';

/** Token revocation (RFC 7009), of sessions only; 200 for unknown tokens too. */
@Injectable()
export class RevocationRoutes {
  constructor(
    private readonly servers: ResourceServerAuthenticator,
    private readonly caller: ContractCaller,
  ) {}

  async register(fastify: FastifyInstance): Promise<void> {
    await fastify.register(async (scope) => {
      readForms(scope);
      scope.post('/oauth/revoke', (request, reply) => this.revoke(request, reply));
    });
  }

  private async revoke(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const client = await this.servers.authenticate(request.headers.authorization);
    if (client instanceof Failure) return sendOAuthUnavailable(reply);
    if (client === undefined) return sendOAuthError(reply, 'invalid_client');
    const token = request.body instanceof URLSearchParams ? request.body.get('token') : null;
    if (!token) return sendOAuthError(reply, 'invalid_request');
    if (!checkSecret(token, 'vks')) return reply.status(200).send();
    const input = { hash: hashSecret(token), resourceServerId: client };
    const answer = await this.caller.call(revokeCredential, input, this.caller.contextOf(request));
    return answer instanceof Failure ? sendOAuthUnavailable(reply) : reply.status(200).send();
  }
}
