import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { commandOf, endProcess } from '../process/process-table.ts';
import { readPostmasterFile } from './postmaster-file.ts';

const GRACE_MS = 10_000;

/**
 * Stops the server that a killed run has left on a data directory, and takes away a `postmaster.pid` whose number
 * another program has got since: PostgreSQL would refuse to start beside it.
 *
 * @returns whether a server was stopped.
 */
export async function stopLeftoverPostgres(dataDir: string): Promise<boolean> {
  const postmaster = await readPostmasterFile(dataDir);
  if (!postmaster) return false;
  if (!(await commandOf(postmaster.pid)).includes(dataDir)) {
    await rm(join(dataDir, 'postmaster.pid'), { force: true });
    return false;
  }
  const stopped =
    (await endProcess(postmaster.pid, 'SIGINT', GRACE_MS)) || (await endProcess(postmaster.pid, 'SIGQUIT', GRACE_MS));
  if (!stopped) throw new Error(`PostgreSQL (process ${postmaster.pid}) does not stop`);
  return true;
}
