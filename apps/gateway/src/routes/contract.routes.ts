import {
  type AccessRule,
  type Contract,
  contracts,
  Failure,
  type HttpBinding,
  isFailure,
  pathParameters,
  type RequestContext,
} from '@valetkey/contracts';
import { inputOf, MalformedBody, noInputOf, partsOf, sendAnswer, sendProblem } from '@valetkey/http';
import { authorize, Replayed } from '@valetkey/messaging';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Authenticator } from '../credentials/authenticator.ts';
import { secretOfRequest } from '../credentials/request-secret.ts';
import type { Verified } from '../credentials/verified.ts';
import { GATEWAY_CONFIG } from '../gateway-config.token.ts';
import type { GatewayConfig } from '../gateway.config.ts';
import type { RouteArea } from '../http/route-area.ts';
import { routeUrl } from '../http/route-url.ts';
import { idempotencyOf } from './idempotency-key.ts';
import { ContractCaller } from './contract-caller.ts';
import { SessionLists } from './session-lists.ts';
import { joinedContracts } from './session.routes.ts';

/** Every public contract is a route, but for those whose answer the gateway joins together itself. */
@Injectable()
export class ContractRoutes implements RouteArea {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly caller: ContractCaller,
    private readonly sessionLists: SessionLists,
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
      // A body that could not be read: how that is told is not for us, unless there is no row to tell it of.
      // eslint-disable-next-line @typescript-eslint/no-misused-promises -- Fastify waits for it, though its type is silent
      errorHandler: async (error, request, reply) => {
        const missing = isOfBody(error) && (await this.missingRow(contract, request, verifiedOf.get(request)));
        if (!missing) throw error;
        return sendProblem(reply, missing, request.id);
      },
    });
  }

  private async admit(contract: Contract, request: FastifyRequest): Promise<Verified | Failure | undefined> {
    if (contract.access.kind === 'anyone' && !this.asksWho(contract.access, request)) return undefined;
    const verified = await this.authenticator.authenticate(request);
    if (verified instanceof Failure) return verified;
    const accountId: unknown = Reflect.get(Object(request.params), 'accountId');
    return authorize(contract, this.caller.contextOf(request, verified), accountId) ?? verified;
  }

  /** Where nobody is asked who they are, some may say so all the same. */
  private asksWho({ principals }: Extract<AccessRule, { kind: 'anyone' }>, request: FastifyRequest): boolean {
    return principals.length > 0 && secretOfRequest(request) !== undefined;
  }

  private async serve(
    contract: Contract,
    request: FastifyRequest,
    reply: FastifyReply,
    verified: Verified | undefined,
  ): Promise<FastifyReply> {
    const input = inputOf(contract, partsOf(request));
    if (input instanceof Failure)
      return sendProblem(reply, (await this.missingRow(contract, request, verified)) ?? input, request.id);
    const idempotency = this.idempotencyOf(contract, request, verified);
    if (idempotency instanceof Failure) return sendProblem(reply, idempotency, request.id);
    const context = { ...this.caller.contextOf(request, verified), ...(idempotency && { idempotency }) };
    const answer = await this.caller.call(contract, input, context);
    if (isFailure(answer)) return sendProblem(reply, withinBody(answer, contract), request.id);
    if (answer instanceof Replayed) return reply.status(200).send(answer.value);
    const shown = await this.sessionLists.shown(contract, answer, verified?.state.id);
    if (isFailure(shown)) return sendProblem(reply, shown, request.id);
    return sendAnswer(reply, contract, pathOf(request), shown);
  }

  /** Where a body is no input at all, the path's row still comes first: its owner alone knows whether it is there. */
  private async missingRow(
    contract: Contract,
    request: FastifyRequest,
    verified: Verified | undefined,
  ): Promise<Failure | undefined> {
    if (pathParameters(contract.http?.path ?? '').length === 0) return undefined;
    const context = this.caller.contextOf(request, verified);
    const answer = await this.caller.call(contract, noInputOf(partsOf(request)), context);
    return isFailure(answer) && answer.code === 'not_found' ? answer : undefined;
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
      route: pathOf(request),
      body: request.body,
      digestKey: this.config.DIGEST_KEY,
    });
  }
}

/** All of our paths are in lower case, but for ids that a client spelled otherwise. */
function pathOf({ url }: FastifyRequest): string {
  return (url.split('?')[0] ?? '').toLowerCase();
}

function isOfBody(error: Error): boolean {
  return error instanceof MalformedBody || ('code' in error && String(error.code).startsWith('FST_ERR_CTP_'));
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
