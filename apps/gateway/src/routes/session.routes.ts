import {
  type Contract,
  Failure,
  getSession,
  ownerOf,
  type ProblemCode,
  redeemAccessLink,
  redeemLoginToken,
  type SessionState,
  signIn,
  signInWithTwoFactor,
  signOut,
  switchSession,
} from '@valetkey/contracts';
import { inputOf, partsOf, sendProblem } from '@valetkey/http';
import { authorize, Replayed } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Authenticator } from '../credentials/authenticator.ts';
import { CredentialStore } from '../credentials/credential-store.ts';
import { saysCrossSite } from '../credentials/request-secret.ts';
import { SessionCookies } from '../credentials/session-cookies.ts';
import { inUse, sessionOf, type Verified } from '../credentials/verified.ts';
import { GATEWAY_CONFIG } from '../gateway-config.token.ts';
import type { GatewayConfig } from '../gateway.config.ts';
import type { RouteArea } from '../http/route-area.ts';
import { routeUrl } from '../http/route-url.ts';
import { publicUrl } from '../public-url.ts';
import { ContractCaller } from './contract-caller.ts';

/** That open a session, by whatever is shown. */
const openingContracts = [signIn, signInWithTwoFactor, redeemLoginToken, redeemAccessLink] as const;

/** Contracts of which the gateway joins the answer: the session's state with the access where it stands. */
export const joinedContracts: readonly Contract[] = [...openingContracts, switchSession, signOut];

type OpeningContract = (typeof openingContracts)[number];

/** The session of the caller: opened, shown, moved, ended. */
@Injectable()
export class SessionRoutes implements RouteArea {
  private readonly admitted = new WeakMap<FastifyRequest, Verified>();

  constructor(
    private readonly authenticator: Authenticator,
    private readonly caller: ContractCaller,
    private readonly store: CredentialStore,
    private readonly cookies: SessionCookies,
    private readonly clock: Clock,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  register(fastify: FastifyInstance): void {
    for (const contract of openingContracts) {
      fastify.post(routeUrl(contract), (request, reply) => this.open(contract, request, reply));
    }
    fastify.get(routeUrl(getSession), (request, reply) => this.show(request, reply));
    // Before the body is read: who may not ask learns nothing of what is wrong with the question.
    const admit = (contract: Contract) => ({
      onRequest: (request: FastifyRequest, reply: FastifyReply) => this.admit(contract, request, reply),
    });
    fastify.patch(routeUrl(switchSession), admit(switchSession), (request, reply) => this.switch(request, reply));
    fastify.delete(routeUrl(signOut), admit(signOut), (request, reply) => this.signOut(request, reply));
  }

  private async open(contract: OpeningContract, request: FastifyRequest, reply: FastifyReply) {
    const input = inputOf(contract, partsOf(request));
    if (input instanceof Failure) return sendProblem(reply, input, request.id);
    // Or another site could sign a browser in as somebody of its own choice.
    if (input['cookie'] === true && saysCrossSite(request, new URL(publicUrl(this.config)).origin))
      return sendProblem(reply, new Failure('cross_site'), request.id);
    const context = this.caller.contextOf(request);
    // Identity keeps with a challenge what was asked for, so it is told as it is.
    const asked = ownerOf(contract) === 'tokens' ? this.cookies.asked(input) : input;
    const answer = await this.caller.call<typeof contract.output, ProblemCode>(contract, asked, context);
    if (answer instanceof Failure || answer instanceof Replayed) return this.refuse(request, reply, answer);
    if ('challenge' in answer) return reply.status(202).send({ challenge: answer.challenge });
    const session = await this.join(answer.session);
    if (session instanceof Failure) return sendProblem(reply, session, request.id);
    const byCookie = 'byCookie' in answer ? answer.byCookie : input['cookie'] === true;
    if (!byCookie) return reply.status(201).send({ session, secret: answer.secret });
    return this.cookies.set(reply, answer).status(201).send({ session });
  }

  private async show(request: FastifyRequest, reply: FastifyReply) {
    const verified = await this.authenticator.authenticate(request);
    if (verified instanceof Failure) return sendProblem(reply, verified, request.id);
    if (verified.state.kind === 'access_key') return sendProblem(reply, new Failure('key_not_allowed'), request.id);
    return reply.send(sessionOf(inUse(verified.state, this.clock.now()), verified));
  }

  private async admit(contract: Contract, request: FastifyRequest, reply: FastifyReply) {
    const verified = await this.authenticator.authenticate(request);
    if (verified instanceof Failure) return sendProblem(reply, verified, request.id);
    const refusal = authorize(contract, this.caller.contextOf(request, verified), undefined);
    if (refusal) return sendProblem(reply, refusal, request.id);
    this.admitted.set(request, verified);
    return undefined;
  }

  private async switch(request: FastifyRequest, reply: FastifyReply) {
    const input = inputOf(switchSession, partsOf(request));
    if (input instanceof Failure) return sendProblem(reply, input, request.id);
    const answer = await this.caller.call(
      switchSession,
      input,
      this.caller.contextOf(request, this.admitted.get(request)),
    );
    if (answer instanceof Failure || answer instanceof Replayed) return this.refuse(request, reply, answer);
    const session = await this.join(inUse(answer, this.clock.now()));
    return session instanceof Failure ? sendProblem(reply, session, request.id) : reply.send(session);
  }

  private async signOut(request: FastifyRequest, reply: FastifyReply) {
    const input = inputOf(signOut, partsOf(request));
    if (input instanceof Failure) return sendProblem(reply, input, request.id);
    const answer = await this.caller.call(signOut, input, this.caller.contextOf(request, this.admitted.get(request)));
    if (answer instanceof Failure || answer instanceof Replayed) return this.refuse(request, reply, answer);
    return this.cookies.clear(reply).status(204).send();
  }

  private async join(state: SessionState) {
    const verified = await this.store.join(state);
    return verified instanceof Failure ? verified : sessionOf(state, verified);
  }

  private refuse(request: FastifyRequest, reply: FastifyReply, answer: Failure | Replayed) {
    return sendProblem(reply, answer instanceof Failure ? answer : new Failure('internal'), request.id);
  }
}
