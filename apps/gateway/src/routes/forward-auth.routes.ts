import { fail, Failure, forwardAuth } from '@valetkey/contracts';
import { sendProblem } from '@valetkey/http';
import { violations } from '@valetkey/messaging';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Authenticator } from '../credentials/authenticator.ts';
import { CredentialStore } from '../credentials/credential-store.ts';
import type { Verified } from '../credentials/verified.ts';
import type { RouteArea } from '../http/route-area.ts';
import { routeUrl } from '../http/route-url.ts';

/** For reverse proxies that ask before they let a request through: nginx auth_request, Traefik, Caddy, Envoy. */
@Injectable()
export class ForwardAuthRoutes implements RouteArea {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly store: CredentialStore,
  ) {}

  register(fastify: FastifyInstance): void {
    fastify.get(routeUrl(forwardAuth), { config: { hot: true }, helmet: false }, async (request, reply) => {
      const verified = await this.decide(request);
      if (verified instanceof Failure) return sendProblem(reply, verified, request.id);
      return sendHeaders(reply, verified);
    });
  }

  private async decide(request: FastifyRequest): Promise<Verified | Failure> {
    const verified = await this.authenticator.authenticate(request, { forwarded: true });
    if (verified instanceof Failure) return verified;
    if (!verified.decision) return fail(forwardAuth, 'no_account');
    const query = forwardAuth.input.safeParse(request.query);
    if (!query.success) return new Failure('malformed', { errors: violations(query.error) });
    const { permission, organization } = query.data;
    const there = organization ? await this.store.join({ ...verified.state, organizationId: organization }) : verified;
    if (there instanceof Failure) return there;
    if (organization && there.decision?.organization?.id !== organization) return fail(forwardAuth, 'no_organization');
    if (permission && !there.decision?.permissions.includes(permission)) return fail(forwardAuth, 'missing_permission');
    return there;
  }
}

/** All of them always, so that a proxy never hands on what a client made up. */
function sendHeaders(reply: FastifyReply, { state, decision }: Verified): FastifyReply {
  const { subject, actor } = state;
  return reply
    .headers({
      'x-valetkey-subject': `${subject.type}:${subject.id}`,
      'x-valetkey-actor': actor ? `${actor.type}:${actor.id}` : '',
      'x-valetkey-account': decision?.account.id ?? '',
      'x-valetkey-organization': decision?.organization?.id ?? '',
      'x-valetkey-role': decision?.role ?? '',
      'x-valetkey-permissions': decision?.permissions.join(' ') ?? '',
    })
    .status(200)
    .send();
}
