/**
 * `npm test [-- <jest arguments>]`: every test, on the real servers that the tests themselves start. Ends with Jest's
 * exit code and, alone on the last line, `<n> passed, <n> failed`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { chromium, ensureProgram, natsServer } from '@valetkey/testing/stack';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');
const Counts = z.object({ passed: z.number(), failed: z.number() });

/** The tests that kill services spawn built ones. */
function build(): void {
  process.stdout.write('Building …\n');
  const { status, stdout, stderr } = spawnSync('nx', ['run-many', '-t', 'build', '--output-style=static'], {
    cwd: root,
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
    encoding: 'utf8',
  });
  if (status === 0) return;
  process.stderr.write(`${stdout}${stderr}`);
  process.exit(status ?? 1);
}

function jest(args: string[]): void {
  const child = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(root, 'node_modules/jest/bin/jest.js'),
      ...args,
      // Last, or Jest takes what follows for further reporters.
      '--reporters=default',
      '--reporters=<rootDir>/tools/jest-reporter.mjs',
    ],
    { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] },
  );
  let summary = '';
  child.on('message', (message) => {
    const { passed, failed } = Counts.parse(message);
    summary = `${passed} passed, ${failed} failed\n`;
  });
  child.on('close', (code) => {
    process.stdout.write(summary);
    process.exitCode = code ?? 1;
  });
}

// A signal goes to the whole process group. Jest ends by it, and we say what it leaves.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

try {
  // One after the other: two would wait for the same package database.
  await ensureProgram(natsServer);
  await ensureProgram(chromium);
} catch (error) {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
}
build();
jest(process.argv.slice(2));
