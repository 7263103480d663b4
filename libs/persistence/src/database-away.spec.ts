import { describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { newTestDatabase } from '@valetkey/testing';
import { freePort } from '@valetkey/testing/stack';
import { isDatabaseAway } from './database-away.ts';

const failureOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a database is away', () => {
  it('when nobody listens', async () => {
    const client = new Client(`postgresql://postgres:x@127.0.0.1:${await freePort()}/none`);
    expect(isDatabaseAway(await failureOf(client.connect()))).toBe(true);
  });

  it('when it ends the connection in the middle of a statement, and for what is asked of it after', async () => {
    const client = new Client(await newTestDatabase());
    client.on('error', () => undefined); // told to the statement too
    await client.connect();
    expect(isDatabaseAway(await failureOf(client.query('SELECT pg_terminate_backend(pg_backend_pid())')))).toBe(true);
    expect(isDatabaseAway(await failureOf(client.query('SELECT 1')))).toBe(true);
  });

  it('when an error says that another was caused by it', () => {
    const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    expect(isDatabaseAway(new Error('the work failed', { cause }))).toBe(true);
  });

  it('but not when a statement is wrong', async () => {
    const client = new Client(await newTestDatabase());
    await client.connect();
    expect(isDatabaseAway(await failureOf(client.query('SELECT 1/0')))).toBe(false);
    await client.end();
  });
});
