import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { newTestDatabase } from '@valetkey/testing';
import { sql } from './sql.ts';
import { Throttle, throttleTable } from './throttle.ts';

const MINUTE = 60_000;
const begin = new Date('2026-03-01T12:00:00Z');
const later = (minutes: number) => new Date(begin.getTime() + minutes * MINUTE);
let em: EntityManager;
let throttle: Throttle;

beforeAll(async () => {
  const clientUrl = await newTestDatabase();
  em = (await MikroORM.init({ clientUrl, entities: [], discovery: { warnWhenNoEntities: false } })).em;
  await sql(em.fork(), throttleTable, []);
  throttle = new Throttle(em, { tries: 2, windowMs: 15 * MINUTE });
});
afterAll(() => em.getConnection().close());

it('lets so many tries through from the first on, and says how many seconds to wait', async () => {
  expect(await throttle.take('guesser', begin)).toBeUndefined();
  expect(await throttle.take('guesser', later(5))).toBeUndefined();
  expect(await throttle.take('guesser', later(10))).toBe(5 * 60);
  expect(await throttle.take('guesser', later(15))).toBeUndefined();
});

it('counts from the first try that was not given back: one that was right opens no window', async () => {
  await throttle.take('owner', begin);
  await throttle.giveBack('owner');
  await throttle.take('owner', later(14));
  await throttle.take('owner', later(14));
  expect(await throttle.retryAfter('owner', later(16))).toBe(13 * 60);
});
