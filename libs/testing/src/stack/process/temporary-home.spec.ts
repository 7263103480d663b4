import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { startTimeOf } from './process-table.ts';
import { type ServerProcess, spawnServer } from './server-process.ts';
import { onTemporaryHome } from './temporary-home.ts';

/** Starts a server on a temporary home, prints `<pid> <home>`, and goes on. */
const OWNER = `
  const { onTemporaryHome } = await import(${JSON.stringify(join(import.meta.dirname, 'temporary-home.ts'))});
  const { spawnServer } = await import(${JSON.stringify(join(import.meta.dirname, 'server-process.ts'))});
  const args = (home) => ['--eval', 'setInterval(() => {}, 1000)', home];
  const start = (home) => spawnServer({ command: process.execPath, args: args(home), output: { line() {} } })
    .then((server) => ({ ...server, home }));
  const { pid, home } = await onTemporaryHome('trial', start);
  console.log(pid, home);
`;

async function idle(home: string): Promise<ServerProcess & { home: string }> {
  const args = ['--eval', 'setInterval(() => {}, 1000)', home];
  const server = await spawnServer({ command: process.execPath, args, output: { line: () => undefined } });
  return { ...server, home };
}

it('A temporary home goes when its server is stopped', async () => {
  const server = await onTemporaryHome('trial', idle);
  expect(existsSync(server.home)).toBe(true);
  await server.stop();
  expect(existsSync(server.home)).toBe(false);
});

it('What a killed owner has left, server and home, the next one clears away', async () => {
  const printed = Promise.withResolvers<string>();
  const args = ['--input-type=module', '--eval', OWNER];
  const owner = await spawnServer({ command: process.execPath, args, output: { line: printed.resolve } });
  const [pid, home = ''] = (await printed.promise).split(' ');
  process.kill(owner.pid, 'SIGKILL');
  await owner.exited;
  expect([await startTimeOf(Number(pid)), existsSync(home)]).toEqual([expect.any(String), true]);

  await (await onTemporaryHome('trial', idle)).stop();
  expect([await startTimeOf(Number(pid)), existsSync(home)]).toEqual([undefined, false]);
});
