import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anyone, defineCommand, Failure, services } from '@valetkey/contracts';
import { createLogger, Metrics } from '@valetkey/observability';
import { anyCaller, anyContext, startTestBus, type TestBus } from '@valetkey/testing';
import { z } from 'zod';
import { Bus } from './bus.ts';
import type { BusConnection } from './bus-connection.ts';
import { BusServer } from './bus-server.ts';
import type { HandlerContext } from './handles.decorator.ts';

const shape = { summary: '', input: z.strictObject({ name: z.string() }), output: z.object({ name: z.string() }) };
const cutKey = defineCommand({ ...shape, subject: 'tokens.v1.key.cut', errors: ['name_taken'], access: anyone() });
const copyKey = defineCommand({ ...shape, subject: 'tokens.v1.key.copy', errors: [], access: services('identity') });
const unavailable = new Failure('unavailable', { retryAfter: 1 });

let bus: TestBus;
let connection: BusConnection;
let gateway: Bus;

beforeEach(async () => {
  bus = await startTestBus();
  connection = await bus.connect('gateway');
  gateway = new Bus(connection, 'gw', new Metrics());
});
afterEach(async () => bus.stop());

const ask = () => gateway.ask(cutKey, { name: 'valet' }, anyContext());

/** What stands in for tokens: it answers with these bytes, or never. */
async function standIn(reply?: string): Promise<{ asked: Promise<unknown> }> {
  const { nats } = await bus.connect('tokens');
  const asked = Promise.withResolvers<undefined>();
  nats.subscribe('gw.tokens.>', {
    callback: (_error, message) => {
      asked.resolve(undefined);
      if (reply !== undefined) message.respond(reply);
    },
  });
  await nats.flush();
  return { asked: asked.promise };
}

describe('Whoever asks', () => {
  it('hears that a service is unavailable when none is there', async () => {
    expect(await ask()).toEqual(unavailable);
  });

  it('hears that a service is unavailable when it does not answer within five seconds', async () => {
    await standIn();
    expect(await ask()).toEqual(unavailable);
  });

  it('hears it at once when the bus goes meanwhile, and when it is away', async () => {
    const { asked } = await standIn();
    const waiting = ask();
    await asked;
    const cut = performance.now();
    await bus.nats.stop();
    expect([await waiting, await ask()]).toEqual([unavailable, unavailable]);
    expect(performance.now() - cut).toBeLessThan(4_000);
  });

  it('hears it when its own connection was closed', async () => {
    await connection.close();
    expect(await ask()).toEqual(unavailable);
  });

  it.each([
    ['that does not fit the contract', '{"value":{"title":"valet"},"touched":[]}'],
    ['that refuses with a code nobody knows', '{"failure":{"code":"out_of_keys","extras":{}},"touched":[]}'],
    ['that is no reply', '"valet"'],
    ['that is no JSON', 'valet'],
  ])('takes no answer %s', async (_which, reply) => {
    await standIn(reply);
    await expect(ask()).rejects.toThrow();
  });
});

describe('A service that asks another for somebody', () => {
  it('says for whom, and hands on none of their rights', async () => {
    const heard: HandlerContext[] = [];
    const handle = async (input: unknown, context: HandlerContext) => {
      heard.push(context);
      return input;
    };
    const logger = createLogger({ service: 'tokens', level: 'fatal', format: 'json' });
    const tokens = await bus.connect('tokens');
    await new BusServer(tokens, 'tokens', [{ contract: copyKey, handle }], logger, new Metrics()).listen();
    const identity = new Bus(await bus.connect('identity'), 'svc.identity', new Metrics());
    const caller = anyCaller();
    const given = anyContext(caller, { idempotency: { key: 'k', bodyDigest: 'b' }, ifMatch: '"1"' });
    await identity.ask(copyKey, { name: 'valet' }, given);
    const { requestId, correlationId, address, userAgent } = given;
    const attribution = { actor: { type: 'user', id: caller.subject.id } };
    expect(heard).toEqual([
      {
        ...{ requestId, correlationId, address, userAgent, attribution },
        traceparent: expect.stringContaining(given.traceparent.slice(0, 35)),
        service: 'identity',
        reply: { touched: [] },
      },
    ]);
  });
});
