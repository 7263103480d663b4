import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { postgresBinaries } from './binaries.ts';
import { handOver, unprivileged } from './unprivileged.ts';

const run = promisify(execFile);

/** UTF-8 everywhere, with PostgreSQL's own collation: the machine's locales change nothing. */
const FLAGS = [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-sync',
  '--no-instructions',
];

/**
 * Makes a data directory for user `postgres` with this password, unless there is one. It is built beside its place and
 * moved there, so that what an interruption leaves is never taken for a whole one.
 */
export async function initialiseCluster(dataDir: string, password: string): Promise<void> {
  if (existsSync(join(dataDir, 'PG_VERSION'))) return;
  const building = `${dataDir}.building`;
  const passwordFile = `${dataDir}.password`;
  try {
    await rm(building, { recursive: true, force: true });
    await mkdir(building, { recursive: true, mode: 0o700 });
    await handOver(building);
    await writeFile(passwordFile, password, { mode: 0o600 });
    await handOver(passwordFile);
    await initdb(building, passwordFile);
    await rename(building, dataDir);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function initdb(dataDir: string, passwordFile: string): Promise<void> {
  const binaries = await postgresBinaries();
  const { command, args } = unprivileged(binaries.initdb, [
    `--pgdata=${dataDir}`,
    `--pwfile=${passwordFile}`,
    ...FLAGS,
  ]);
  await run(command, args);
}
