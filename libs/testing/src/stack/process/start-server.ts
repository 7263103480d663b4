import { readFile, stat } from 'node:fs/promises';
import { FailedStartError } from './failed-start.error.ts';
import { PortTakenError } from './port-taken.error.ts';
import { type ServerCommand, type ServerProcess, spawnServer } from './server-process.ts';
import { waitUntil } from './wait-until.ts';

export interface ServerStart<Answer> extends Omit<ServerCommand, 'output'> {
  /** As it appears in messages, e.g. `PostgreSQL`. */
  readonly name: string;
  readonly logFile: string;
  /** The ports it is to listen on. */
  readonly ports: readonly [number, ...number[]];
  /** Gives an answer once the server is ready. */
  readonly ready: (pid: number) => Promise<Answer | undefined>;
  readonly timeoutMs: number;
}

export interface Started<Answer> {
  readonly server: ServerProcess;
  readonly answer: Answer;
}

/**
 * Starts a server and waits until it is ready.
 *
 * @throws PortTakenError; FailedStartError. Nothing is left running then.
 */
export async function startServer<Answer>(start: ServerStart<Answer>): Promise<Started<Answer>> {
  const logStart = await sizeOf(start.logFile);
  const server = await spawnServer({ ...start, output: { file: start.logFile } });
  const answer = await whileAlive(server, () => start.ready(server.pid), start.timeoutMs);
  if (answer !== undefined) return { server, answer };

  await server.stop();
  const log = (await readFile(start.logFile)).subarray(logStart).toString();
  const complaint = /^.*address already in use.*$/im.exec(log)?.[0];
  if (complaint === undefined) throw new FailedStartError(start.name, log);
  throw new PortTakenError(start.ports.find((port) => complaint.includes(`:${port}`)) ?? start.ports[0], start.name);
}

async function whileAlive<T>(server: ServerProcess, ask: () => Promise<T | undefined>, timeoutMs: number) {
  const over = new AbortController();
  const ended = server.exited.then(() => {
    over.abort();
    return undefined;
  });
  return Promise.race([waitUntil(ask, { timeoutMs, signal: over.signal }), ended]);
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
