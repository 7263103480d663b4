import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { onFreePort } from '../process/free-port.ts';
import type { ServerProcess } from '../process/server-process.ts';
import { onTemporaryHome } from '../process/temporary-home.ts';
import { createDatabase, dropDatabase } from './databases.ts';
import { initialiseCluster } from './initialise-cluster.ts';
import type { EphemeralPostgres, KeptPostgres, Postgres } from './postgres.ts';
import { runPostgres } from './run-postgres.ts';
import { stopLeftoverPostgres } from './stop-leftover-postgres.ts';

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  timezone: 'UTC',
  log_timezone: 'UTC',
};
const NO_HURRY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * Starts PostgreSQL 18, in about a second; also as root. A server that a killed run has left on the data directory is
 * stopped first.
 *
 * @throws PortTakenError when a port was asked for and is taken; FailedStartError with the end of the server's log.
 */
export async function startPostgres(options: EphemeralPostgres | KeptPostgres): Promise<Postgres> {
  return options.ephemeral ? startEphemeral(options) : start(options, SETTINGS);
}

async function startEphemeral({ port }: EphemeralPostgres): Promise<Postgres> {
  return onTemporaryHome('postgres', (home) => {
    const password = randomBytes(16).toString('base64url');
    return start({ ephemeral: false, dataDir: join(home, 'data'), password, port }, { ...SETTINGS, ...NO_HURRY });
  });
}

async function start(options: KeptPostgres, settings: Readonly<Record<string, string>>): Promise<Postgres> {
  const dataDir = resolve(options.dataDir);
  await mkdir(dirname(dataDir), { recursive: true });
  await stopLeftoverPostgres(dataDir);
  await initialiseCluster(dataDir, options.password);

  const { detached = false } = options;
  const run = async (port: number) =>
    handleOf(
      await runPostgres({ dataDir, logFile: `${dataDir}.log`, port, settings, detached }),
      port,
      options.password,
    );
  return options.port === undefined ? onFreePort(run) : run(options.port);
}

function handleOf(server: ServerProcess, port: number, password: string): Postgres {
  const url = (database = 'postgres') =>
    `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  return {
    ...server,
    port,
    url,
    async createDatabase(name, options = {}) {
      await createDatabase(url(), name, options);
      return url(name);
    },
    dropDatabase: (name) => dropDatabase(url(), name),
  };
}
