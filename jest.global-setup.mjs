import { startPostgres } from '@valetkey/testing/stack';

/** One PostgreSQL for all tests; each test file takes databases of its own on it. */
export default async function startServers() {
  const postgres = await startPostgres({ ephemeral: true });
  process.env['VALETKEY_TEST_POSTGRES'] = postgres.url();
  globalThis.valetkeyPostgres = postgres;
}
