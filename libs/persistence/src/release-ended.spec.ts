import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MikroORM, PostgreSqlDriver } from '@mikro-orm/postgresql';
import { newTestDatabase } from '@valetkey/testing';
import { databaseOptions } from './database.options.ts';
import { onPool, sql } from './sql.ts';

const END = 'SELECT pg_terminate_backend(pg_backend_pid())';
const POOL = 2;
let orm: Awaited<ReturnType<typeof startOrm>>;

async function startOrm() {
  const options = databaseOptions({ url: await newTestDatabase(), pool: POOL, entities: [], migrations: [] });
  return MikroORM.init({ ...options, driver: PostgreSqlDriver, discovery: { warnWhenNoEntities: false } });
}

beforeAll(async () => {
  orm = await startOrm();
});
afterAll(() => orm.close());

describe('connections that end while they are lent', () => {
  it('do not use the pool up, when transactions hold them', async () => {
    for (let count = 0; count <= POOL; count += 1) {
      await expect(orm.em.fork().transactional((em) => sql(em, END))).rejects.toThrow();
    }
    expect(await sql(orm.em.fork(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('may still be released by those who hold them', async () => {
    for (let count = 0; count <= POOL; count += 1) {
      await expect(onPool(orm.em, (client) => client.query(END))).rejects.toThrow();
    }
    expect(await sql(orm.em.fork(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});
