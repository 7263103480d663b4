import {
  type Contract,
  contracts,
  Failure,
  type HttpBinding,
  isFailure,
  type RequestContext,
} from '@valetkey/contracts';
import { inputOf, partsOf, sendAnswer, sendProblem } from '@valetkey/http';
import { authorize, Replayed } from '@valetkey/messaging';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Authenticator } from '../credentials/authenticator.ts';
import type { Verified } from '../credentials/verified.ts';
import { GATEWAY_CONFIG } from '../gateway-config.token.ts';
import type { GatewayConfig } from '../gateway.config.ts';
import type { RouteArea } from '../http/route-area.ts';
import { routeUrl } from '../http/route-url.ts';
import { idempotencyOf } from './idempotency-key.ts';
import { ContractCaller } from './contract-caller.ts';
import { joinedContracts } from './session.routes.ts';

/** Every public contract is a route, but for those whose answer the gateway joins together itself. */
@Injectable()
export class ContractRoutes implements RouteArea {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly caller: ContractCaller,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  register(fastify: FastifyInstance): void {
    for (const contract of contracts) {
      if (contract.http && !joinedContracts.includes(contract)) this.addRoute(fastify, contract, contract.http);
    }
  }

  private addRoute(fastify: FastifyInstance, contract: Contract, http: HttpBinding): void {
    const verifiedOf = new WeakMap<FastifyRequest, Verified>();
    fastify.route({
      method: http.method,
      url: routeUrl({ http }),
      // Before the body is read: who may not ask learns nothing of what is wrong with the question.
      onRequest: async (request, reply) => {
        const verified = await this.admit(contract, request);
        if (verified instanceof Failure) return sendProblem(reply, verified, request.id);
        if (verified) verifiedOf.set(request, verified);
        return undefined;
      },
      handler: (request, reply) => this.serve(contract, request, reply, verifiedOf.get(request)),
    });
  }

  private async admit(contract: Contract, request: FastifyRequest): Promise<Verified | Failure | undefined> {
    if (contract.access.kind === 'anyone') return undefined;
    const verified = await this.authenticator.authenticate(request);
    if (verified instanceof Failure) return verified;
    const accountId: unknown = Reflect.get(Object(request.params), 'accountId');
    return authorize(contract, this.caller.contextOf(request, verified), accountId) ?? verified;
  }

  private async serve(
    contract: Contract,
    request: FastifyRequest,
    reply: FastifyReply,
    verified: Verified | undefined,
  ): Promise<FastifyReply> {
    const input = inputOf(contract, partsOf(request));
    if (input instanceof Failure) return sendProblem(reply, input, request.id);
    const idempotency = this.idempotencyOf(contract, request, verified);
    if (idempotency instanceof Failure) return sendProblem(reply, idempotency, request.id);
    const context = { ...this.caller.contextOf(request, verified), ...(idempotency && { idempotency }) };
    const answer = await this.caller.call(contract, input, context);
    if (isFailure(answer)) return sendProblem(reply, withinBody(answer, contract), request.id);
    if (answer instanceof Replayed) return reply.status(200).send(answer.value);
    return sendAnswer(reply, contract, request.url.split('?')[0] ?? '', answer);
  }

  private idempotencyOf(
    contract: Contract,
    request: FastifyRequest,
    verified: Verified | undefined,
  ): RequestContext['idempotency'] | Failure {
    if (!contract.http?.creates || !verified) return undefined;
    return idempotencyOf({
      header: request.headers['idempotency-key'],
      callerId: verified.state.subject.id,
      route: request.url,
      body: request.body,
      digestKey: this.config.DIGEST_KEY,
    });
  }
}

/** Where the body is one member of the input, what is wrong with it stands at its root for the client. */
function withinBody(failure: Failure, { http }: Contract): Failure {
  const { errors, ...extras } = failure.extras;
  if (http?.wholeBody === undefined || !errors) return failure;
  const root = `/${http.wholeBody}`;
  const relative = errors.map(({ pointer, detail }) => ({
    pointer: pointer.startsWith(root) ? pointer.slice(root.length) : pointer,
    detail,
  }));
  return new Failure(failure.code, { ...extras, errors: relative });
}
