import { type Contract, Failure, ownerOf, type ProblemCode, type RequestContext } from '@valetkey/contracts';
import { Metrics, runInSpan } from '@valetkey/observability';
import type { Msg } from '@nats-io/transport-node';
import type { z } from 'zod';
import { BusAwayError } from './bus-away.error.ts';
import type { BusConnection } from './bus-connection.ts';
import { Replayed } from './early-answer.ts';
import { contextHeaders, decodeReply, type DecodedReply, withoutRights } from './wire.ts';

const TIMEOUT_MS = 5_000;

/** `gw` carries the caller's rights and is the gateway's alone; `svc.<service>` carries none. */
export type BusPrefix = 'gw' | `svc.${string}`;

/** Asks the owners of contracts, over NATS request-reply. */
export class Bus {
  constructor(
    private readonly connection: BusConnection,
    private readonly prefix: BusPrefix,
    private readonly metrics: Metrics,
  ) {}

  /** The output, or the failure with which the owner refused; `unavailable` when nobody answers within 5 s, or the bus goes. */
  async ask<I extends z.ZodType, O extends z.ZodType, E extends ProblemCode>(
    contract: Contract<I, O, E>,
    input: z.input<I>,
    context: RequestContext,
  ): Promise<z.output<O> | Failure> {
    const { answer } = await this.request(contract, input, context);
    if (answer instanceof Replayed)
      throw new Error(`${contract.subject} was replayed to one who sent no idempotency key`);
    return answer;
  }

  /** As {@link ask}, with what the gateway must know beside the answer: replays, and what was touched. */
  async request<I extends z.ZodType, O extends z.ZodType, E extends ProblemCode>(
    contract: Contract<I, O, E>,
    input: z.input<I>,
    context: RequestContext,
  ): Promise<DecodedReply<z.output<O>>> {
    const started = performance.now();
    const given = this.prefix === 'gw' ? context : withoutRights(context);
    const reply = await runInSpan(`ask ${contract.subject}`, { traceparent: context.traceparent }, (traceparent) =>
      this.exchange(contract, input, { ...given, traceparent }),
    );
    const outcome = reply.answer instanceof Failure ? reply.answer.code : 'ok';
    const labels = { direction: 'asked', subject: contract.subject, outcome } as const;
    this.metrics.recordBusCall(labels, (performance.now() - started) / 1000);
    return reply;
  }

  private async exchange<I extends z.ZodType, O extends z.ZodType, E extends ProblemCode>(
    contract: Contract<I, O, E>,
    input: z.input<I>,
    context: RequestContext,
  ): Promise<DecodedReply<z.output<O>>> {
    let message: Msg;
    try {
      message = await this.connection.request({
        subject: `${this.prefix}.${contract.subject}`,
        answerer: ownerOf(contract),
        payload: JSON.stringify(input),
        headers: contextHeaders(context),
        timeoutMs: TIMEOUT_MS,
      });
    } catch (error) {
      if (!(error instanceof BusAwayError)) throw error;
      return { answer: new Failure('unavailable', { retryAfter: 1 }), touched: [] };
    }
    return decodeReply(message, contract.output);
  }
}
