import { setTimeout as delay } from 'node:timers/promises';
import { FailedStartError } from '../process/failed-start.error.ts';
import type { ServerProcess } from '../process/server-process.ts';
import { startServer } from '../process/start-server.ts';
import { postgresBinaries } from './binaries.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { unprivileged } from './unprivileged.ts';

const START_TIMEOUT_MS = 60_000;
const RETRY_FOR_MS = 10_000;
const RETRY_EVERY_MS = 100;

export interface PostgresRun {
  readonly dataDir: string;
  readonly logFile: string;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly detached: boolean;
}

/**
 * Starts PostgreSQL on a data directory and waits until it takes connections. After a `kill -9` of the server before,
 * its backends live on for a moment and hold its memory: that is waited for.
 */
export async function runPostgres(run: PostgresRun): Promise<ServerProcess> {
  const retryUntil = performance.now() + RETRY_FOR_MS;
  for (;;) {
    try {
      return await attempt(run);
    } catch (error) {
      const held = error instanceof FailedStartError && error.log.includes('pre-existing shared memory block');
      if (!held || performance.now() > retryUntil) throw error;
      await delay(RETRY_EVERY_MS);
    }
  }
}

async function attempt({ dataDir, logFile, port, settings, detached }: PostgresRun): Promise<ServerProcess> {
  const { postgres } = await postgresBinaries();
  const flags = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
  const { server } = await startServer({
    ...unprivileged(postgres, ['-D', dataDir, '-p', String(port), ...flags]),
    name: 'PostgreSQL',
    ports: [port],
    logFile,
    detached,
    stopSignal: 'SIGINT',
    killSignal: 'SIGQUIT',
    timeoutMs: START_TIMEOUT_MS,
    ready: async (pid) => {
      const postmaster = await readPostmasterFile(dataDir);
      return (postmaster?.pid === pid && postmaster.ready) || undefined;
    },
  });
  return server;
}
