import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { once } from 'node:events';
import { dirname, join, resolve } from 'node:path';
import { freePort, isPortFree } from '../process/free-port.ts';
import { PortTakenError } from '../process/port-taken.error.ts';
import type { ServerProcess } from '../process/server-process.ts';
import { startServer } from '../process/start-server.ts';
import { onTemporaryHome } from '../process/temporary-home.ts';

const NAME = 'The mail catcher';
const START_TIMEOUT_MS = 30_000;

export interface MailCatcherOptions {
  /** A free one by default. */
  readonly smtpPort?: number;
  /** A free one by default. */
  readonly webPort?: number;
  /** The mails stay here, beside the log. By default they go when the mail catcher stops. */
  readonly dir?: string;
  /** In a process group of its own, which a Ctrl-C in the terminal does not reach. */
  readonly detached?: boolean;
}

/** Takes every mail and delivers none: https://github.com/maildev/maildev, on 127.0.0.1. */
export interface MailCatcher extends ServerProcess {
  /** e.g. `smtp://127.0.0.1:1025` */
  readonly smtpUrl: string;
  /** A page to read the mails on; `GET /email` beneath it answers them as JSON. */
  readonly webUrl: string;
}

/** @throws PortTakenError when a port was asked for and is taken; FailedStartError with the end of the log. */
export async function startMailCatcher(options: MailCatcherOptions = {}): Promise<MailCatcher> {
  return options.dir === undefined
    ? onTemporaryHome('mail', (home) => start(home, options))
    : start(resolve(options.dir), options);
}

async function start(home: string, { smtpPort, webPort, detached }: MailCatcherOptions): Promise<MailCatcher> {
  const smtp = smtpPort ?? (await freePort());
  const web = webPort ?? (await freePort());
  for (const port of [smtp, web]) if (!(await isPortFree(port))) throw new PortTakenError(port, NAME);
  const mails = join(home, 'mails');
  await mkdir(mails, { recursive: true });
  const webUrl = `http://127.0.0.1:${web}`;
  const flags = ['--ip', '127.0.0.1', '--smtp', String(smtp), '--web', String(web), '--mail-directory', mails];
  const { server } = await startServer({
    name: NAME,
    command: process.execPath,
    args: [maildev(), ...flags, '--silent'],
    logFile: join(home, 'maildev.log'),
    ports: [smtp, web],
    detached,
    timeoutMs: START_TIMEOUT_MS,
    ready: async () => ((await accepts(smtp)) && (await accepts(web))) || undefined,
  });
  return { ...server, smtpUrl: `smtp://127.0.0.1:${smtp}`, webUrl };
}

function maildev(): string {
  const manifest = createRequire(import.meta.url).resolve('maildev/package.json');
  return join(dirname(manifest), 'bin', 'maildev');
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false; // refused: it does not listen yet, which is what was asked
  } finally {
    socket.destroy();
  }
}
