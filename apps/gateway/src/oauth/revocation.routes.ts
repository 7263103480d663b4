import { Failure, revoke, revokeCredential } from '@valetkey/contracts';
import { checkSecret, hashSecret } from '@valetkey/credentials';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { routeUrl } from '../http/route-url.ts';
import { ContractCaller } from '../routes/contract-caller.ts';
import type { Form } from './form-body.ts';
import { invalidRequest, sendOAuthFailure } from './oauth-error.ts';

/** Token revocation (RFC 7009), of sessions only; 200 for unknown tokens too. */
@Injectable()
export class RevocationRoutes {
  constructor(private readonly caller: ContractCaller) {}

  register(scope: FastifyInstance): void {
    scope.post<{ Body?: Form }>(routeUrl(revoke), (request, reply) => this.revoke(request, request.body?.token, reply));
  }

  private async revoke(request: FastifyRequest, token: string | undefined, reply: FastifyReply): Promise<FastifyReply> {
    if (!token) return sendOAuthFailure(reply, invalidRequest('token is missing'));
    if (!checkSecret(token, 'vks')) return reply.status(200).send();
    const input = { hash: hashSecret(token), resourceServerId: request.resourceServerId };
    const answer = await this.caller.call(revokeCredential, input, this.caller.contextOf(request));
    return answer instanceof Failure ? sendOAuthFailure(reply, answer) : reply.status(200).send();
  }
}
