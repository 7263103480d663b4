import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  anyone,
  defineCommand,
  fail,
  Failure,
  type InputOf,
  loginTokenCreated,
  loginTokenDeleted,
} from '@valetkey/contracts';
import { Handles, type HandlerContext, Replayed } from '@valetkey/messaging';
import { busVariables, databaseVariables, defineConfig, observabilityVariables, readConfig } from '@valetkey/config';
import { sql } from '@valetkey/persistence';
import { Migration } from '@mikro-orm/migrations';
import { defineEntity, p } from '@mikro-orm/postgresql';
import { Injectable, Module } from '@nestjs/common';
import { startTestService, type TestService } from '@valetkey/testing';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { Outbox } from './outbox.ts';
import { serviceModules } from './service-modules.ts';
import { outboxTables } from './tables.ts';

const KeySchema = defineEntity({ name: 'Key', tableName: 'keys', properties: { id: p.uuid().primary() } });
class Key extends KeySchema.class {}
KeySchema.setClass(Key);

class CreateTables extends Migration {
  override up(): void {
    for (const statement of [...outboxTables, 'CREATE TABLE keys (id uuid PRIMARY KEY)']) this.addSql(statement);
  }
}

const cutKey = defineCommand({
  subject: 'tokens.v1.key.cut',
  summary: 'Cut a key',
  input: z.strictObject({
    id: z.uuid(),
    atTheEnd: z.boolean().optional(),
    refuse: z.boolean().optional(),
    delete: z.boolean().optional(),
  }),
  output: z.object({ id: z.uuid(), secret: z.string() }),
  errors: ['name_taken'],
  access: anyone(),
});

const accountId = uuidv7();

@Injectable()
class CutKeyHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(cutKey)
  async cut(input: InputOf<typeof cutKey>, context: HandlerContext) {
    return this.outbox.transactional(context, async ({ em, emit, insert }) => {
      if (input.atTheEnd) insert(Key, { id: input.id });
      else await sql(em, 'INSERT INTO keys (id) VALUES ($1) ON CONFLICT DO NOTHING', [input.id]);
      const facts = { id: input.id, accountId, sequence: 1 };
      if (input.delete) emit(loginTokenDeleted, { ...facts, data: { name: 'valet' } });
      else {
        const data = {
          name: 'valet',
          type: 'permanent',
          role: 'viewer',
          scope: { type: 'account', id: accountId },
        } as const;
        emit(loginTokenCreated, { ...facts, data });
      }
      return input.refuse ? fail(cutKey, 'name_taken') : { id: input.id, secret: 'vkl_shown-once' };
    });
  }
}

const config = defineConfig('tokens', z.object({ ...busVariables, ...databaseVariables, ...observabilityVariables }));

@Module({})
class KeysModule {}

let service: TestService;
let database: Client;

beforeAll(async () => {
  service = await startTestService({
    service: 'tokens',
    module: (environment) => ({
      module: KeysModule,
      imports: serviceModules('tokens', readConfig(config, environment), {
        entities: [Key],
        migrations: [{ name: 'CreateTables', class: CreateTables }],
      }),
      providers: [CutKeyHandler],
    }),
  });
  database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
});

afterAll(async () => {
  await database.end();
  await service.stop();
});

describe('a change that takes access away', () => {
  it('is answered after its event is in the stream, naming what it touched', async () => {
    const id = uuidv7();
    const { answer, touched } = await service.gateway.request(cutKey, { id, delete: true }, service.context());
    expect(answer).toEqual({ id, secret: 'vkl_shown-once' });
    expect(touched).toEqual([`login-token:${id}`]);
    const { rows } = await database.query('SELECT sent_at FROM outbox WHERE entity = $1', [`login-token:${id}`]);
    expect(rows).toEqual([{ sent_at: expect.any(Date) }]);
  });
});

describe('what a change inserts at its end', () => {
  const told = async (id: string) => {
    const entity = `login-token:${id}`;
    return (
      await database.query<{ id: string }>('SELECT k.id FROM keys k, outbox o WHERE k.id = $1 AND o.entity = $2', [
        id,
        entity,
      ])
    ).rows;
  };

  it('is there with its events', async () => {
    const id = uuidv7();
    await service.gateway.ask(cutKey, { id, atTheEnd: true }, service.context());
    expect(await told(id)).toHaveLength(1);
  });

  it('takes the events with it when the database refuses it', async () => {
    const id = uuidv7();
    await service.gateway.ask(cutKey, { id, atTheEnd: true }, service.context());
    const again = await service.gateway.ask(cutKey, { id, atTheEnd: true }, service.context());
    expect(again).toMatchObject({ code: 'internal' });
    expect(await told(id)).toHaveLength(1);
  });
});

describe('a refused change', () => {
  it('leaves neither row nor event', async () => {
    const id = uuidv7();
    const answer = await service.gateway.ask(cutKey, { id, refuse: true }, service.context());
    expect(answer).toEqual(new Failure('name_taken'));
    const { rows } = await database.query('SELECT 1 FROM keys WHERE id = $1', [id]);
    expect(rows).toEqual([]);
  });
});

describe('an idempotency key', () => {
  const keyed = (key: string, bodyDigest: string) => service.context(undefined, { idempotency: { key, bodyDigest } });

  it('repeats the answer without its secret', async () => {
    const id = uuidv7();
    await service.gateway.ask(cutKey, { id }, keyed('k1', 'b1'));
    const { answer } = await service.gateway.request(cutKey, { id: uuidv7() }, keyed('k1', 'b1'));
    expect(answer).toEqual(new Replayed({ id }));
  });

  it('with another body is refused', async () => {
    await service.gateway.ask(cutKey, { id: uuidv7() }, keyed('k2', 'b1'));
    const answer = await service.gateway.ask(cutKey, { id: uuidv7() }, keyed('k2', 'b2'));
    expect(answer).toEqual(new Failure('idempotency_mismatch'));
  });

  it('of a refused request can be used again', async () => {
    await service.gateway.ask(cutKey, { id: uuidv7(), refuse: true }, keyed('k3', 'b1'));
    const id = uuidv7();
    const answer = await service.gateway.ask(cutKey, { id }, keyed('k3', 'b1'));
    expect(answer).toEqual({ id, secret: 'vkl_shown-once' });
  });

  it('makes one of many simultaneous requests succeed', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => service.gateway.request(cutKey, { id: uuidv7() }, keyed('k4', 'b1'))),
    );
    const made = answers.filter(({ answer }) => !(answer instanceof Failure) && !(answer instanceof Replayed));
    expect(made).toHaveLength(1);
  });
});
