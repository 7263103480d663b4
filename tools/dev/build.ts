import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { Refusal } from './refusal.error.ts';
import type { State } from './state.ts';

const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const SOURCES = ['{apps,libs}/*/src/**/*', '{apps,libs}/*/package.json', 'nx.json', '.swcrc', 'package-lock.json'];
const Output = z.object({ stdout: z.string(), stderr: z.string() });

/**
 * Builds what has changed. Nx would find out by itself, in some seconds; whether anything at all has changed since the
 * last time is seen at once from the sources' sizes and times.
 */
export async function buildIfChanged({ root, built }: State, signal: AbortSignal): Promise<void> {
  const sources = fingerprint(root);
  const last = existsSync(built) ? readFileSync(built, 'utf8') : '';
  if (last === sources && everythingIsBuilt(root)) return;
  await build(root, signal);
  writeFileSync(built, sources);
}

function fingerprint(root: string): string {
  const hash = createHash('sha256');
  for (const file of globSync(SOURCES, { cwd: root }).sort()) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function everythingIsBuilt(root: string): boolean {
  const entries = globSync(['apps/*/src/main.ts', 'libs/*/src/index.ts'], { cwd: root });
  return entries.every((entry) => {
    return existsSync(join(root, dirname(entry), '../dist', entry.endsWith('main.ts') ? 'main.js' : 'index.js'));
  });
}

async function build(root: string, signal: AbortSignal): Promise<void> {
  process.stdout.write('Building …\n');
  const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' };
  const options = { cwd: root, env, signal, maxBuffer: MAX_OUTPUT_BYTES };
  const nx = join(root, 'node_modules/.bin/nx');
  await run(nx, ['run-many', '-t', 'build', '--output-style=static'], options).catch((error: unknown) => {
    signal.throwIfAborted();
    const said = Output.safeParse(error).data;
    throw new Refusal(`The build failed.\n${said ? said.stdout + said.stderr : String(error)}`);
  });
}
