import { type Contract, Failure, type ProblemCode, type RequestContext } from '@valetkey/contracts';
import { Bus, Replayed } from '@valetkey/messaging';
import { nextTraceparent } from '@valetkey/observability';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { CredentialStore } from '../credentials/credential-store.ts';
import { callerOf, type Verified } from '../credentials/verified.ts';
import { clientAddress } from '../http/client-address.ts';

/** Asks services for callers, and forgets what an answer says was touched before anybody hears the answer. */
@Injectable()
export class ContractCaller {
  constructor(
    private readonly bus: Bus,
    private readonly store: CredentialStore,
  ) {}

  contextOf(request: FastifyRequest, verified?: Verified): RequestContext {
    const { headers, id } = request;
    const traceparent = typeof headers.traceparent === 'string' ? headers.traceparent : undefined;
    return {
      requestId: id,
      correlationId: id,
      traceparent: nextTraceparent(traceparent),
      address: clientAddress(request),
      userAgent: printable(headers['user-agent']),
      ...(verified && { caller: callerOf(verified) }),
      ...(typeof headers['if-match'] === 'string' && { ifMatch: headers['if-match'].slice(0, 200) }),
    };
  }

  /** The input is what a client sent: its owner judges it, and says what is wrong with it. */
  async call<O extends z.ZodType, E extends ProblemCode>(
    contract: Contract<z.ZodType, O, E>,
    input: unknown,
    context: RequestContext,
  ): Promise<z.output<O> | Failure | Replayed> {
    const { answer, touched } = await this.bus.request(contract, input, context);
    this.store.drop(touched);
    return answer;
  }
}

/** Headers are bytes that a client chose: bounded, and without what a log or a page could stumble over. */
function printable(header: string | undefined): string {
  return (header ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, 400);
}
