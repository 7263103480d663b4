import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandOf, endProcess, startTimeOf } from './process-table.ts';

const OWNER = /^valetkey-(\d+)-/;
const END_TIMEOUT_MS = 5_000;

/** How the name of a directory begins that this process owns. */
export function homePrefix(server: string): string {
  return `valetkey-${process.pid}-${server}-`;
}

/** Notes which process serves from a directory. */
export async function noteServer(home: string, pid: number): Promise<void> {
  await writeFile(serverFile(home), String(pid));
}

/** Removes the directories of owners that were killed before they could, and ends the servers that still run there. */
export async function clearAbandonedHomes(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    const owner = OWNER.exec(name)?.[1];
    if (owner === undefined || (await startTimeOf(Number(owner))) !== undefined) continue;
    const home = join(root, name);
    await endServerOf(home);
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Each has its home among its arguments; each ends at once with SIGQUIT, PostgreSQL with its children. */
async function endServerOf(home: string): Promise<void> {
  const pid = Number(await readFile(serverFile(home), 'utf8').catch(() => '')); // killed before it was noted
  if (pid > 0 && (await commandOf(pid)).includes(home)) await endProcess(pid, 'SIGQUIT', END_TIMEOUT_MS);
}

function serverFile(home: string): string {
  return join(home, 'server.pid');
}
