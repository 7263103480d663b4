import { Failure } from '@valetkey/contracts';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RouteArea } from '../http/route-area.ts';
import { readForms } from './form-body.ts';
import { IntrospectionRoutes } from './introspection.routes.ts';
import { sendOAuthFailure } from './oauth-error.ts';
import { ResourceServerAuthenticator } from './resource-server-authenticator.ts';
import { RevocationRoutes } from './revocation.routes.ts';

/** What `/oauth/*` has in common: who asks is known before the body is read, and the body is a form. */
@Injectable()
export class OAuthArea implements RouteArea {
  constructor(
    private readonly servers: ResourceServerAuthenticator,
    private readonly introspection: IntrospectionRoutes,
    private readonly revocation: RevocationRoutes,
  ) {}

  register(scope: FastifyInstance): void {
    readForms(scope);
    scope.decorateRequest('resourceServerId', '');
    scope.addHook('onRequest', (request, reply, done) => {
      const known = this.servers.kept(request.headers.authorization);
      if (known === undefined) {
        this.admit(request, reply, done).catch(done);
        return;
      }
      request.resourceServerId = known;
      done();
    });
    this.introspection.register(scope);
    this.revocation.register(scope);
  }

  private async admit(request: FastifyRequest, reply: FastifyReply, done: () => void): Promise<void> {
    const id = await this.servers.authenticate(request.headers.authorization);
    if (typeof id !== 'string') {
      sendOAuthFailure(reply, id ?? new Failure('unauthenticated'));
      return;
    }
    request.resourceServerId = id;
    done();
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, under `/oauth`. */
    resourceServerId: string;
  }
}
