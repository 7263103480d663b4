import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../process/signal-process.ts';

export interface Postmaster {
  readonly pid: number;
  readonly ready: boolean;
}

/**
 * What a server says of itself in its data directory; undefined where there is none.
 *
 * @see https://www.postgresql.org/docs/18/storage-file-layout.html postmaster.pid: the first line is the process id,
 * the eighth the state, which pg_ctl waits for too
 */
export async function readPostmasterFile(dataDir: string): Promise<Postmaster | undefined> {
  try {
    const lines = (await readFile(join(dataDir, 'postmaster.pid'), 'utf8')).split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}
