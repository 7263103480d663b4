import { describe, expect, it } from '@jest/globals';
import { type ServerCommand, spawnServer } from './server-process.ts';

/** A program that says `up`, and then does as it is told. */
async function startProgram(code: string, options: Partial<ServerCommand> = {}) {
  const up = Promise.withResolvers<string>();
  const args = ['--eval', `${code}; setInterval(() => {}, 1000); console.log('up')`];
  const server = await spawnServer({ command: process.execPath, args, output: { line: up.resolve }, ...options });
  expect(await up.promise).toBe('up');
  return server;
}

describe('a server process', () => {
  it('is asked to end, and may be asked twice', async () => {
    const server = await startProgram("process.on('SIGTERM', () => process.exit(3))");
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();

    expect(await server.exited).toEqual({ code: 3, signal: null });
  });

  it('is killed when it does not end within its grace period', async () => {
    const server = await startProgram("process.on('SIGTERM', () => {})", { graceMs: 50, detached: true });
    await server.stop();

    expect(await server.exited).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('tells that it ended by itself', async () => {
    const server = await startProgram('setTimeout(() => process.exit(7), 20)');
    expect(await server.exited).toEqual({ code: 7, signal: null });
  });

  it('cannot be started where there is no such program', async () => {
    const attempt = spawnServer({ command: 'no-such-program', args: [], output: { line: () => undefined } });
    await expect(attempt).rejects.toThrow('ENOENT');
  });
});
