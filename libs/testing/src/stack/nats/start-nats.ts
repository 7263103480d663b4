import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { ServerProcess } from '../process/server-process.ts';
import { startServer } from '../process/start-server.ts';
import { onTemporaryHome } from '../process/temporary-home.ts';
import { ensureProgram } from '../program/ensure-program.ts';
import { natsServer } from '../program/program.ts';

const START_TIMEOUT_MS = 30_000;
const ANY_PORT = -1;
const Ports = z.object({ nats: z.tuple([z.url()]) });

export interface NatsOptions {
  /** In the server's own format. Address, port and JetStream's directory are added to it. */
  readonly config: string;
  /** One that the server finds free, by default. */
  readonly port?: number;
  /** JetStream's files stay here, beside the configuration and the log. By default they go when the server stops. */
  readonly storeDir?: string;
  /** In a process group of its own, which a Ctrl-C in the terminal does not reach. */
  readonly detached?: boolean;
}

/** A NATS server with JetStream on 127.0.0.1. */
export interface Nats extends ServerProcess {
  /** e.g. `nats://127.0.0.1:4222` */
  readonly url: string;
}

/**
 * Starts nats-server with JetStream, installing it first where it is not.
 *
 * @throws PortTakenError when a port was asked for and is taken; FailedStartError with the end of the server's log.
 */
export async function startNats(options: NatsOptions): Promise<Nats> {
  return options.storeDir === undefined
    ? onTemporaryHome('nats', (home) => start(home, options))
    : start(resolve(options.storeDir), options);
}

async function start(home: string, { config, port = ANY_PORT, detached }: NatsOptions): Promise<Nats> {
  const command = await ensureProgram(natsServer);
  const portsDir = join(home, 'ports');
  await rm(portsDir, { recursive: true, force: true });
  await mkdir(portsDir, { recursive: true });
  const configFile = join(home, 'nats-server.conf');
  await writeFile(configFile, config, { mode: 0o600 });

  const address = ['--addr', '127.0.0.1', '--port', String(port), '--ports_file_dir', portsDir];
  const { server, answer: url } = await startServer({
    name: 'NATS',
    command,
    args: ['--config', configFile, '--jetstream', '--store_dir', home, ...address],
    logFile: join(home, 'nats-server.log'),
    ports: [port],
    detached,
    timeoutMs: START_TIMEOUT_MS,
    ready: () => clientUrl(portsDir),
  });
  return { ...server, url };
}

/** The server writes its ports once it takes connections. */
async function clientUrl(portsDir: string): Promise<string | undefined> {
  const [file] = await readdir(portsDir);
  const written = file === undefined ? '' : await readFile(join(portsDir, file), 'utf8');
  return written.endsWith('}') ? Ports.parse(JSON.parse(written)).nats[0] : undefined;
}
