import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  allow,
  anyone,
  type Contract,
  defineCommand,
  Failure,
  type RequestContext,
  services,
} from '@valetkey/contracts';
import { createLogger, Metrics } from '@valetkey/observability';
import { anyCaller, anyContext, startTestBus, type TestBus } from '@valetkey/testing';
import { z } from 'zod';
import { Bus } from './bus.ts';
import type { BusConnection } from './bus-connection.ts';
import { BusServer } from './bus-server.ts';
import type { Handling } from './dispatch.ts';
import { EarlyAnswer, Replayed } from './early-answer.ts';
import { contextHeaders } from './wire.ts';

const shape = { summary: '', input: z.strictObject({ name: z.string() }), output: z.object({ name: z.string() }) };
const cutKey = defineCommand({
  ...shape,
  subject: 'tokens.v1.key.cut',
  errors: ['name_taken'],
  access: anyone(),
});
const copyKey = defineCommand({
  ...shape,
  subject: 'tokens.v1.key.copy',
  errors: [],
  access: services('identity', 'tenancy'),
});
const lendKey = defineCommand({
  ...shape,
  subject: 'tokens.v1.key.lend',
  errors: [],
  access: allow({ account: ['owner'] }),
});

type Handle = Handling['handle'];
class OutageError extends Error {}

let bus: TestBus;
let asGateway: BusConnection;
let gateway: Bus;
let identity: Bus;
let lines: Record<string, unknown>[] = [];
const servers: BusServer[] = [];

beforeAll(async () => {
  bus = await startTestBus();
  asGateway = await bus.connect('gateway');
  gateway = new Bus(asGateway, 'gw', new Metrics());
  identity = new Bus(await bus.connect('identity'), 'svc.identity', new Metrics());
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map(async (server) => server.drain()));
  lines = [];
});
afterAll(async () => bus.stop());

/** A replica of tokens that answers all three contracts in this way. */
async function serve(handle: Handle, contracts: Contract[] = [cutKey, copyKey, lendKey]): Promise<BusServer> {
  const connection = await bus.connect('tokens');
  const logger = createLogger(
    { service: 'tokens', level: 'trace', format: 'json' },
    { write: (line) => void lines.push(z.record(z.string(), z.unknown()).parse(JSON.parse(line))) },
  );
  const handlings = contracts.map((contract) => ({ contract, handle }));
  const isOutage = (error: unknown) => error instanceof OutageError;
  const server = new BusServer(connection, 'tokens', handlings, logger, new Metrics(), isOutage);
  await server.listen();
  servers.push(server);
  return server;
}

/** What comes back for bytes that no asker of ours would send. */
async function answerTo(payload: string, context: RequestContext | undefined, subject = 'gw.tokens.v1.key.cut') {
  const headers = context && contextHeaders(context);
  const reply = await asGateway.request({ subject, answerer: 'tokens', payload, headers, timeoutMs: 5_000 });
  return reply.json<unknown>();
}

describe('What a service answers', () => {
  it('is what its handler says, and beside it what was touched', async () => {
    await serve(async (input, { reply }) => {
      reply.touched.push('session:1', 'session:2');
      return input;
    });
    expect(await gateway.request(cutKey, { name: 'valet' }, anyContext())).toEqual({
      answer: { name: 'valet' },
      touched: ['session:1', 'session:2'],
    });
  });

  it('is a refusal with all that it says', async () => {
    const refusal = new Failure('name_taken', { detail: 'by Ada', errors: [{ pointer: '/name', detail: 'taken' }] });
    await serve(async () => refusal);
    expect(await gateway.ask(cutKey, { name: 'valet' }, anyContext())).toEqual(refusal);
  });

  it('is what a handler leaves with early, whatever its contract declares', async () => {
    await serve(async (_input, { reply }) => {
      reply.touched.push('session:1');
      throw new EarlyAnswer(new Failure('revocation_pending', { retryAfter: 1 }));
    });
    expect(await gateway.request(cutKey, { name: 'valet' }, anyContext())).toEqual({
      answer: new Failure('revocation_pending', { retryAfter: 1 }),
      touched: ['session:1'],
    });
  });

  it('is, replayed, an earlier answer, which only one who sent an idempotency key can take', async () => {
    await serve(async () => {
      throw new EarlyAnswer(new Replayed({ name: 'of the first' }));
    });
    const { answer } = await gateway.request(cutKey, { name: 'valet' }, anyContext());
    expect(answer).toEqual(new Replayed({ name: 'of the first' }));
    await expect(gateway.ask(cutKey, { name: 'valet' }, anyContext())).rejects.toThrow('was replayed');
  });
});

describe('A fault of a service', () => {
  const SECRET = 'a password in a message';

  it.each<[string, Handle]>([
    ['that is thrown', () => Promise.reject(new Error(SECRET))],
    ['that is an undeclared refusal', async () => new Failure('session_limit_reached', { detail: SECRET })],
    ['that is an answer the contract does not know', async () => ({ title: SECRET })],
    ['that is an answer larger than a message', async () => ({ name: 'x'.repeat(1024 * 1024) })],
  ])('%s is answered as one, and tells nothing but to the log', async (_which, handle) => {
    await serve(handle);
    const context = anyContext();
    expect(await answerTo('{"name":"valet"}', context)).toEqual({
      failure: { code: 'internal', extras: {} },
      touched: [],
    });
    expect(lines).toEqual([expect.objectContaining({ level: 'error', err: expect.anything() })]);
  });

  it('is logged with its request', async () => {
    await serve(() => Promise.reject(new Error('broken')));
    await gateway.ask(cutKey, { name: 'valet' }, anyContext(undefined, { requestId: 'r1' }));
    expect(lines).toEqual([
      expect.objectContaining({ requestId: 'r1', subject: cutKey.subject, msg: 'request failed' }),
    ]);
  });

  it('that its store is away is answered as that, to be tried again', async () => {
    await serve(() => Promise.reject(new OutageError(SECRET)));
    expect(await answerTo('{"name":"valet"}', anyContext())).toEqual({
      failure: { code: 'unavailable', extras: { retryAfter: 1 } },
      touched: [],
    });
    expect(lines).toEqual([expect.objectContaining({ level: 'warn' })]);
  });

  it('leaves it serving', async () => {
    let asked = 0;
    await serve(async (input) => {
      asked += 1;
      if (asked === 1) throw new Error('broken');
      return input;
    });
    expect(await gateway.ask(cutKey, { name: 'valet' }, anyContext())).toEqual(new Failure('internal'));
    expect(await gateway.ask(cutKey, { name: 'valet' }, anyContext())).toEqual({ name: 'valet' });
  });
});

describe('What no asker of ours would send', () => {
  it.each(['', '{', 'hunter2', '{"name": "hunter2"', '\ufeff{}'])(
    'is malformed, and not told to the log (%j)',
    async (payload) => {
      await serve(async (input) => input);
      expect(await answerTo(payload, anyContext())).toMatchObject({ failure: { code: 'malformed' } });
      expect(JSON.stringify(lines)).not.toContain('hunter2');
    },
  );

  it('is refused by its caller first', async () => {
    await serve(async (input) => input);
    const refused = await answerTo('hunter2', anyContext(), `gw.${lendKey.subject}`);
    expect(refused).toMatchObject({ failure: { code: 'unauthenticated' } });
  });

  it('is our own fault where it names no context', async () => {
    await serve(async (input) => input);
    expect(await answerTo('{"name":"valet"}', undefined)).toMatchObject({ failure: { code: 'internal' } });
  });

  it('is unavailable where nobody handles it, as during an upgrade', async () => {
    await serve(async (input) => input, [copyKey]);
    expect(await gateway.ask(cutKey, { name: 'valet' }, anyContext())).toEqual(
      new Failure('unavailable', { retryAfter: 1 }),
    );
    expect(lines).toEqual([expect.objectContaining({ level: 'warn', subject: cutKey.subject })]);
  });
});

describe('Who asks', () => {
  it('is told by the subject, which NATS guards, and not by what the request says of itself', async () => {
    const asked: (string | undefined)[] = [];
    await serve(async (input, { service }) => {
      asked.push(service);
      return input;
    });
    const lie = anyContext(anyCaller(), { service: 'tenancy' });
    await gateway.ask(cutKey, { name: 'valet' }, lie);
    await identity.ask(copyKey, { name: 'valet' }, lie);
    expect(asked).toEqual([undefined, 'identity']);
    expect(await gateway.ask(copyKey, { name: 'valet' }, lie)).toEqual(new Failure('forbidden'));
  });
});

describe('Replicas of a service', () => {
  it('share the requests, and each is handled once', async () => {
    const handled: string[][] = [[], []];
    for (const names of handled) {
      await serve(async (input) => {
        names.push(shape.input.parse(input).name);
        return input;
      });
    }
    const names = Array.from({ length: 200 }, (_, number) => `${number}`);
    await Promise.all(names.map((name) => gateway.ask(cutKey, { name }, anyContext())));
    expect(handled.flat().sort()).toEqual(names.sort());
    for (const own of handled) expect(own.length).toBeGreaterThan(0);
  });

  it('end what they have begun when they stop, and take nothing more', async () => {
    const [begun, mayEnd] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const stopping = await serve(async (input) => {
      begun.resolve(undefined);
      await mayEnd.promise;
      return input;
    });
    const underWay = gateway.ask(cutKey, { name: 'under way' }, anyContext());
    await begun.promise;
    await serve(async () => ({ name: 'from the other' }));
    const drained = stopping.drain();
    servers.splice(servers.indexOf(stopping), 1);
    const other = Array.from({ length: 20 }, () => gateway.ask(cutKey, { name: 'late' }, anyContext()));
    mayEnd.resolve(undefined);
    expect(await underWay).toEqual({ name: 'under way' });
    await drained;
    await Promise.all(other);
    expect(await gateway.ask(cutKey, { name: 'later' }, anyContext())).toEqual({ name: 'from the other' });
  });
});
