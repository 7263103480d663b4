import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** Where jest.global-setup.mjs started PostgreSQL. */
function serverUrl(): string {
  // eslint-disable-next-line no-restricted-syntax -- jest hands nothing from its global set-up to a test but the environment
  const url = process.env['VALETKEY_TEST_POSTGRES'];
  if (url === undefined) throw new Error('Run tests with npm test: it starts the PostgreSQL they need');
  return url;
}

/** A fresh, empty database on the tests' server, gone with the server. */
export async function newTestDatabase(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return url.href;
}
