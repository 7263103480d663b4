import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newTestDatabase } from '@valetkey/testing';
import { Client } from 'pg';
import { writeKeys } from './write-keys.ts';

let dir: string;
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'valetkey-keys-')), 'compose');
});
afterEach(() => rmSync(join(dir, '..'), { recursive: true }));

const read = (file: string) => readFileSync(join(dir, file), 'utf8');
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('npm run keys', () => {
  it('keeps what it made when it runs again', () => {
    const files = writeKeys(dir, []);
    const before = files.map(read);
    expect(writeKeys(dir, []).map(read)).toEqual(before);
  });

  it('gives each subscriber a user and a durable of its own, and keeps them', () => {
    writeKeys(dir, ['billing']);
    writeKeys(dir, ['inventory']);
    expect(parseEnv(read('setup.env'))['DURABLES']).toBe('billing,inventory');
    expect(read('nats.conf')).toContain('"$JS.API.CONSUMER.MSG.NEXT.ACCESS.billing"');
    expect(parseEnv(read('subscriber-billing.env'))).toMatchObject({
      NATS_USER: 'billing',
      NATS_INBOX_PREFIX: '_INBOX.billing',
    });
  });

  it('refuses a subscriber by the name of a service, or by none', () => {
    expect(() => writeKeys(dir, ['tokens'])).toThrow("tokens is a name of the platform's own.");
    expect(() => writeKeys(dir, ['../up'])).toThrow('is no name');
  });

  it('lets nobody else into the folder', () => {
    writeKeys(dir, []);
    expect(modeOf(dir)).toBe(0o700);
    expect(modeOf(join(dir, 'tokens.env'))).toBe(0o600);
    expect(modeOf(join(dir, 'secrets.json'))).toBe(0o600);
  });

  it('makes databases that their services alone may enter', async () => {
    writeKeys(dir, []);
    const server = new URL(await newTestDatabase());
    await run(server.href, read('databases.sql').split(';\n'));
    const tokens = new URL(parseEnv(read('tokens.env'))['DATABASE_URL'] ?? '');
    tokens.host = server.host;
    await run(tokens.href, ['CREATE TABLE mine (id int)']);
    tokens.pathname = '/valetkey_audit';
    await expect(run(tokens.href, ['SELECT 1'])).rejects.toThrow('permission denied for database "valetkey_audit"');
  });
});

async function run(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
