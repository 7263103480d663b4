import { METHODS } from 'node:http';
import { fail, Failure, forwardAuth, Id } from '@valetkey/contracts';
import { sendProblem } from '@valetkey/http';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Authenticator } from '../credentials/authenticator.ts';
import { CredentialStore } from '../credentials/credential-store.ts';
import type { Verified } from '../credentials/verified.ts';
import type { RouteArea } from '../http/route-area.ts';
import { routeUrl } from '../http/route-url.ts';

/**
 * For reverse proxies that ask before they let a request through: nginx auth_request, Traefik, Caddy, Envoy. Some ask by
 * the method of that request and with its body; to look at who asks is the same for all of them.
 */
@Injectable()
export class ForwardAuthRoutes implements RouteArea {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly store: CredentialStore,
  ) {}

  register(fastify: FastifyInstance): void {
    for (const method of METHODS) {
      if (!fastify.supportedMethods.includes(method)) fastify.addHttpMethod(method);
    }
    // Answered before there is a body to read, so none is ever wrong, and the handler is never reached.
    const onRequest = (request: FastifyRequest, reply: FastifyReply) => this.answer(request, reply);
    fastify.all(routeUrl(forwardAuth), { config: { hot: true }, onRequest }, () => undefined);
  }

  private async answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const verified = await this.decide(request);
    return verified instanceof Failure ? sendProblem(reply, verified, request.id) : sendHeaders(reply, verified);
  }

  private async decide(request: FastifyRequest): Promise<Verified | Failure> {
    const verified = await this.authenticator.authenticate(request, { forwarded: true });
    if (verified instanceof Failure) return verified;
    if (!verified.decision) return fail(forwardAuth, 'no_account');
    if (verified.mustEnrol) return fail(forwardAuth, 'two_factor_required');
    if (verified.decision.partnership?.disabled) return fail(forwardAuth, 'partnership_disabled');
    const there = await this.stand(verified, valuesOf(request, 'organization'));
    if (there instanceof Failure) return there;
    const lacks = valuesOf(request, 'permission').some((name) => !there.decision?.permissions.includes(name));
    return lacks ? fail(forwardAuth, 'missing_permission') : there;
  }

  /** In the organization asked for; nobody stands in two, or in one that cannot be. */
  private async stand(verified: Verified, asked: readonly string[]): Promise<Verified | Failure> {
    if (asked.length === 0) return verified;
    const organizationId = asked.length === 1 ? Id.safeParse(asked[0]).data : undefined;
    if (organizationId === undefined) return fail(forwardAuth, 'no_organization');
    const there = await this.store.join({ ...verified.state, organizationId });
    if (there instanceof Failure) return there;
    return there.decision?.organization?.id === organizationId ? there : fail(forwardAuth, 'no_organization');
  }
}

/** What a parameter of the query says: nothing, one thing, or several where it is repeated. */
function valuesOf({ query }: FastifyRequest, name: keyof (typeof forwardAuth)['input']['shape']): string[] {
  const value: unknown = Reflect.get(Object(query), name);
  return value === undefined ? [] : [value].flat().map(String);
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
