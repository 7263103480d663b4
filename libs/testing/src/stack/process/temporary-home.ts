import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearAbandonedHomes, homePrefix, noteServer } from './abandoned-homes.ts';
import type { ServerProcess } from './server-process.ts';

const IN_MEMORY = '/dev/shm';
const PLENTY_BYTES = 4 * 1024 ** 3;

/**
 * Starts a server on a directory that goes when the server is stopped, and at once when it does not start. Should this
 * process be killed, the next one that comes here clears up.
 */
export async function onTemporaryHome<Server extends ServerProcess>(
  name: string,
  start: (home: string) => Promise<Server>,
): Promise<Server> {
  const root = await temporaryRoot();
  await clearAbandonedHomes(root);
  const home = await mkdtemp(join(root, homePrefix(name)));
  const remove = () => rm(home, { recursive: true, force: true, maxRetries: 3 });
  try {
    const server = await start(home);
    await noteServer(home, server.pid);
    return { ...server, stop: () => server.stop().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** In memory where there is plenty of it: PostgreSQL makes a database there in a tenth of the time. */
async function temporaryRoot(): Promise<string> {
  const room = await statfs(IN_MEMORY).then(
    ({ bavail, bsize }) => Math.min(bavail * bsize, freemem()),
    () => 0,
  );
  return room > PLENTY_BYTES ? IN_MEMORY : tmpdir();
}
