import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { isPortFree } from '../process/free-port.ts';
import { PortTakenError } from '../process/port-taken.error.ts';
import { signalProcess } from '../process/signal-process.ts';
import type { Postgres } from './postgres.ts';
import { startPostgres } from './start-postgres.ts';

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('an ephemeral PostgreSQL', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres({ ephemeral: true });
  });
  afterAll(() => postgres.stop());

  it('makes databases from a template, and each is its own', async () => {
    const template = await postgres.createDatabase('template_of_all');
    await query(template, "CREATE TABLE device (name text); INSERT INTO device VALUES ('Gate')");

    const one = await postgres.createDatabase('one', { template: 'template_of_all' });
    const other = await postgres.createDatabase('other', { template: 'template_of_all' });
    await query(one, 'DELETE FROM device');

    expect(await query(other, 'SELECT name FROM device')).toEqual([{ name: 'Gate' }]);
  });

  it('drops a database that is in use, and one that is not there', async () => {
    const client = new Client({ connectionString: await postgres.createDatabase('in_use') });
    client.on('error', () => undefined); // the server hangs up
    await client.connect();
    await postgres.dropDatabase('in_use');
    await postgres.dropDatabase('in_use');

    expect(await query(postgres.url(), "SELECT 1 FROM pg_database WHERE datname = 'in_use'")).toEqual([]);
  });

  it('sorts and keeps time alike on every machine', async () => {
    const settings = await query(postgres.url(), "SELECT current_setting('TimeZone') AS zone, lower('ÄÉ') AS lower");
    expect(settings).toEqual([{ zone: 'UTC', lower: 'äé' }]);
  });

  it('says which port is taken', async () => {
    const attempt = startPostgres({ ephemeral: true, port: postgres.port });
    await expect(attempt).rejects.toThrow(new PortTakenError(postgres.port, 'PostgreSQL'));
  });

  it('leaves nothing behind', async () => {
    const brief = await startPostgres({ ephemeral: true });
    await brief.stop();
    await brief.stop();

    expect(await brief.exited).toEqual({ code: 0, signal: null });
    expect(await isPortFree(brief.port)).toBe(true);
  });
});

describe('a kept PostgreSQL', () => {
  let home: string;
  let running: Postgres | undefined;
  const start = async (port?: number) => {
    running = await startPostgres({ ephemeral: false, dataDir: join(home, 'pgdata'), password: 'a/b c', port });
    return running;
  };
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'valetkey-kept-'));
  });
  afterAll(async () => {
    await running?.stop();
    await rm(home, { recursive: true });
  });

  it('has its data again after a stop, and after a kill -9, on the same port', async () => {
    const first = await start();
    await query(await first.createDatabase('kept'), 'CREATE TABLE note (text text)');
    await first.stop();

    const second = await start(first.port);
    await query(second.url('kept'), "INSERT INTO note VALUES ('committed')");
    signalProcess(second.pid, 'SIGKILL');
    await second.exited;

    const third = await start(first.port);
    expect(await query(third.url('kept'), 'SELECT text FROM note')).toEqual([{ text: 'committed' }]);
  });

  it('takes over from a server that a killed run has left', async () => {
    const left = await start(running?.port);
    const next = await start(left.port);

    expect(await left.exited).toEqual({ code: 0, signal: null });
    expect(await query(next.url('kept'), 'SELECT text FROM note')).toHaveLength(1);
  });

  it('is not put off by the process number of another program', async () => {
    await running?.stop();
    await writeFile(join(home, 'pgdata', 'postmaster.pid'), '1\n');
    const next = await start(running?.port);

    expect(await query(next.url('kept'), 'SELECT text FROM note')).toHaveLength(1);
  });
});
