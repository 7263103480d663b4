import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerProcess } from './server-process.ts';

/** Starts a server on a directory that goes when the server is stopped, and at once when it does not start. */
export async function onTemporaryHome<Server extends ServerProcess>(
  name: string,
  start: (home: string) => Promise<Server>,
): Promise<Server> {
  const home = await mkdtemp(join(tmpdir(), `valetkey-${name}-`));
  const remove = () => rm(home, { recursive: true, force: true, maxRetries: 3 });
  try {
    const server = await start(home);
    return { ...server, stop: () => server.stop().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}
