import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allow, defineCommand, defineQuery, Failure, services } from '@valetkey/contracts';
import { Health, Metrics, ObservabilityModule } from '@valetkey/observability';
import { anyCaller, anyContext, startTestBus, type TestBus, testPassword } from '@valetkey/testing';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { z } from 'zod';
import { Bus } from './bus.ts';
import { BusConnection } from './bus-connection.ts';
import { Finds, Handles } from './handles.decorator.ts';
import { MessagingModule } from './messaging.module.ts';

const renameKey = defineCommand({
  subject: 'tokens.v1.key.rename',
  summary: 'Rename a key',
  input: z.strictObject({ accountId: z.uuid(), keyId: z.string(), name: z.string() }),
  output: z.object({ name: z.string() }),
  errors: [],
  http: { method: 'PATCH', path: '/v1/accounts/{accountId}/keys/{keyId}', success: 200 },
  access: allow({ account: ['owner'] }),
});
const countKeys = defineQuery({
  subject: 'tokens.v1.key.count',
  summary: 'Count keys',
  input: z.strictObject({}),
  output: z.object({ count: z.number() }),
  errors: [],
  access: services('tenancy'),
});
const foreign = defineCommand({ ...renameKey, subject: 'tenancy.v1.key.rename' });

@Injectable()
class KeysHandler {
  readonly begun = Promise.withResolvers<undefined>();
  readonly mayEnd = Promise.withResolvers<undefined>();
  private readonly prefix = 'our';

  @Handles(renameKey)
  async rename({ name }: z.output<typeof renameKey.input>) {
    this.begun.resolve(undefined);
    await this.mayEnd.promise;
    return { name: `${this.prefix} ${name}` };
  }

  @Finds(renameKey)
  async exists({ keyId }: Record<string, unknown>): Promise<boolean> {
    return keyId === '1';
  }
}

/** Handlers are found wherever they come from. */
@Injectable()
class InheritingHandler extends KeysHandler {
  @Handles(countKeys)
  async count() {
    return { count: 1 };
  }
}

@Injectable()
class SecondHandler {
  @Handles(renameKey)
  async rename({ name }: z.output<typeof renameKey.input>) {
    return { name };
  }
}

@Injectable()
class ForeignHandler {
  @Handles(foreign)
  async rename({ name }: z.output<typeof foreign.input>) {
    return { name };
  }
}

let bus: TestBus;
let gateway: Bus;

beforeAll(async () => {
  bus = await startTestBus();
  gateway = new Bus(await bus.connect('gateway'), 'gw', new Metrics());
});
afterAll(async () => bus.stop());

async function startService(...providers: Type[]): Promise<INestApplicationContext> {
  const options = { servers: [bus.nats.url], user: 'tokens', password: testPassword('tokens') };
  const config = { LOG_LEVEL: 'silent', LOG_FORMAT: 'json' } as const;
  const imports = [
    ObservabilityModule.forRoot({ service: 'tokens', config }),
    MessagingModule.forService('tokens', options),
  ];
  const module = await Test.createTestingModule({ imports, providers }).compile();
  return module.init();
}

const caller = anyCaller();
const rename = (change: Record<string, unknown> = {}) =>
  gateway.ask(
    { ...renameKey, input: z.unknown() },
    { accountId: caller.accountId, keyId: '1', name: 'valet', ...change },
    anyContext(caller),
  );

describe('A service', () => {
  it('serves what its providers handle, and looks for rows as they do', async () => {
    const service = await startService(InheritingHandler);
    service.get(InheritingHandler).mayEnd.resolve(undefined);
    expect(await rename()).toEqual({ name: 'our valet' });
    expect(await rename({ name: 5 })).toMatchObject({ code: 'malformed' });
    expect(await rename({ name: 5, keyId: '2' })).toEqual(new Failure('not_found'));
    const tenancy = new Bus(await bus.connect('tenancy'), 'svc.tenancy', new Metrics());
    expect(await tenancy.ask(countKeys, {}, anyContext())).toEqual({ count: 1 });
    await service.close();
  });

  it('answers what it has begun before it stops, and then is gone from the bus', async () => {
    const service = await startService(KeysHandler);
    const { begun, mayEnd } = service.get(KeysHandler);
    const underWay = rename();
    await begun.promise;
    const closed = service.close();
    mayEnd.resolve(undefined);
    expect(await underWay).toEqual({ name: 'our valet' });
    await closed;
    expect(service.get(BusConnection).connected).toBe(false);
    expect(await rename()).toEqual(new Failure('unavailable', { retryAfter: 1 }));
  });

  it('says whether it is on the bus', async () => {
    const service = await startService();
    expect(await service.get(Health).report()).toEqual({ status: 'ok', away: [] });
    await service.get(BusConnection).close();
    expect(await service.get(Health).report()).toEqual({ status: 'unavailable', away: ['nats'] });
    await service.close();
  });

  it('does not start with two handlers of one contract, or with one of another service', async () => {
    await expect(startService(KeysHandler, SecondHandler)).rejects.toThrow('tokens.v1.key.rename is handled twice');
    await expect(startService(ForeignHandler)).rejects.toThrow('tenancy.v1.key.rename is not for tokens to handle');
  });
});
