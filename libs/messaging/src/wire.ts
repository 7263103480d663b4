import { attributionOf, Failure, isFailure, type ProblemCode, problems, RequestContext } from '@valetkey/contracts';
import { headers, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import { z } from 'zod';
import { Replayed } from './early-answer.ts';

const CONTEXT_HEADER = 'Valetkey-Context';

/** Context in headers: the trace by its own name, so that anything on the bus can follow it. */
export function contextHeaders(context: RequestContext): MsgHdrs {
  const set = headers();
  set.set('traceparent', context.traceparent);
  set.set('X-Request-Id', context.requestId);
  // Header values are bytes of one line, so the JSON travels as base64url.
  set.set(CONTEXT_HEADER, Buffer.from(JSON.stringify(context)).toString('base64url'));
  return set;
}

/** What a service hands on to another: the trace and for whom it is noted, never the caller's rights. */
export function withoutRights(context: RequestContext): RequestContext {
  const { requestId, correlationId, traceparent, address, userAgent } = context;
  return { requestId, correlationId, traceparent, address, userAgent, attribution: attributionOf(context) };
}

export function contextOf(message: Msg): RequestContext {
  const text = Buffer.from(message.headers?.get(CONTEXT_HEADER) ?? '', 'base64url').toString();
  return RequestContext.parse(JSON.parse(text));
}

const codes = Object.keys(problems);
const Code = z.string().refine((code): code is ProblemCode => codes.includes(code));
const Extras = z.object({
  detail: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  retryAfter: z.number().optional(),
});

const WireReply = z.object({
  value: z.unknown().optional(),
  failure: z.object({ code: Code, extras: Extras }).optional(),
  replayed: z.boolean().default(false),
  /** Tags (`session:<id>`) of what the command took access from: the asker drops what it keeps of them. */
  touched: z.array(z.string()).default([]),
});

export function encodeReply(answer: unknown, touched: readonly string[]): string {
  if (isFailure(answer)) return JSON.stringify({ failure: { code: answer.code, extras: answer.extras }, touched });
  if (answer instanceof Replayed) return JSON.stringify({ value: answer.value, replayed: true, touched });
  return JSON.stringify({ value: answer, touched });
}

export interface DecodedReply<Output> {
  answer: Output | Failure | Replayed;
  touched: string[];
}

export function decodeReply<Output extends z.ZodType>(message: Msg, output: Output): DecodedReply<z.output<Output>> {
  const { value, failure, replayed, touched } = WireReply.parse(message.json<unknown>());
  if (failure) return { answer: new Failure(failure.code, failure.extras), touched };
  return { answer: replayed ? new Replayed(value) : output.parse(value), touched };
}
