import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Failure, type ProblemCode, problems, RequestContext } from '@valetkey/contracts';
import { anyCaller, startTestBus, type TestBus } from '@valetkey/testing';
import fc from 'fast-check';
import { z } from 'zod';
import type { BusConnection } from './bus-connection.ts';
import { Replayed } from './early-answer.ts';
import { contextHeaders, contextOf, decodeReply, encodeReply } from './wire.ts';

let bus: TestBus;
let gateway: BusConnection;
let answer: (given: { context: RequestContext; input: unknown }) => string;

beforeAll(async () => {
  bus = await startTestBus();
  gateway = await bus.connect('gateway');
  const { nats } = await bus.connect('tokens');
  nats.subscribe('gw.tokens.>', {
    callback: (_error, message) => {
      message.respond(answer({ context: contextOf(message), input: message.json() }));
    },
  });
  await nats.flush();
});
afterAll(async () => bus.stop());

/** There and back again over NATS. */
async function sent(context: RequestContext, input: unknown = {}) {
  const headers = contextHeaders(context);
  const question = { subject: 'gw.tokens.v1.key.cut', answerer: 'tokens', timeoutMs: 5_000 };
  const reply = await gateway.request({ ...question, payload: JSON.stringify(input), headers });
  return decodeReply(reply, z.unknown());
}

/** Any text, empty ones and halves of surrogate pairs included. */
const text = (maxLength: number) =>
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength });
/** NATS headers are one line each. */
const line = (maxLength: number) => text(maxLength).filter((value) => !/[\r\n]/.test(value));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const contexts: fc.Arbitrary<RequestContext> = fc.record({
  requestId: line(200),
  correlationId: text(200),
  traceparent: line(60),
  address: maybe(text(60)),
  userAgent: maybe(text(400)),
  caller: maybe(text(50).map((name) => anyCaller({ subject: { type: 'user', id: 'ada', name } }))),
  service: maybe(fc.constant('audit' as const)),
  attribution: maybe(text(50).map((id) => ({ actor: { type: 'user' as const, id } }))),
  idempotency: maybe(fc.record({ key: text(64), bodyDigest: text(64) })),
  ifMatch: maybe(text(200)),
});
const plain = { requestId: 'r', correlationId: 'c', traceparent: 't' };
const json = fc.oneof(fc.jsonValue(), text(20), fc.dictionary(text(5), text(5)));

describe('Over the bus', () => {
  it('a context and an input arrive as they were sent, whatever their text', async () => {
    answer = (given) => encodeReply(given, []);
    await fc.assert(
      fc.asyncProperty(contexts, json, async (context, input) => {
        const { answer: arrived } = await sent(context, input);
        expect(JSON.stringify(arrived)).toBe(JSON.stringify({ context: RequestContext.parse(context), input }));
      }),
    );
  });

  it('an answer comes back as it was given, first or replayed, with what was touched', async () => {
    await fc.assert(
      fc.asyncProperty(json, fc.boolean(), fc.array(text(30)), async (value, replayed, touched) => {
        const given = replayed ? new Replayed(value) : value;
        answer = () => encodeReply(given, touched);
        expect(await sent(plain)).toEqual({ answer: given, touched });
      }),
    );
  });

  it('a refusal comes back as it was given, with every code there is', async () => {
    const codes = fc.constantFrom(...Object.keys(problems).filter((code): code is ProblemCode => code in problems));
    const extras = fc.record(
      {
        detail: text(50),
        errors: fc.array(fc.record({ pointer: text(20), detail: text(20) })),
        retryAfter: fc.nat(),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(codes, extras, async (code, extra) => {
        const given = new Failure(code, extra);
        answer = () => encodeReply(given, []);
        expect(await sent(plain)).toEqual({ answer: given, touched: [] });
      }),
    );
  });

  it('nothing comes back as nothing', async () => {
    answer = () => encodeReply(undefined, []);
    expect(await sent(plain)).toEqual({ answer: undefined, touched: [] });
  });
});
