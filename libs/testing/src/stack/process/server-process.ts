import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { killWhenWeEnd } from './kill-when-we-end.ts';
import { type Output, openOutput } from './output.ts';
import { signalProcess } from './signal-process.ts';

/** How a process ended: one of the two is set. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A child process that serves until it is stopped. */
export interface ServerProcess {
  readonly pid: number;
  /** Resolves once the process has ended, for whatever reason. Never rejects. */
  readonly exited: Promise<Exit>;
  /** Asks it to end, insists after the grace period, and resolves once it is gone. May be called again. */
  stop(): Promise<void>;
}

export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Where standard output and error go: appended to a file, or handed over line by line. */
  readonly output: Output;
  /** In a process group of its own, which a Ctrl-C in the terminal does not reach. */
  readonly detached?: boolean;
  readonly stopSignal?: NodeJS.Signals;
  /** Sent when the grace period is over, and when this process ends without having stopped the server. */
  readonly killSignal?: NodeJS.Signals;
  /** Milliseconds between the two. */
  readonly graceMs?: number;
}

/**
 * Starts a server as a child process. It does not outlive this one, short of a `kill -9`.
 *
 * @throws when the command cannot be run at all.
 */
export async function spawnServer(command: ServerCommand): Promise<ServerProcess> {
  const { stopSignal = 'SIGTERM', killSignal = 'SIGKILL', graceMs = 10_000 } = command;
  const child = await launch(command);
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${command.command} started without a process id`);

  const target = command.detached ? -pid : pid;
  const release = killWhenWeEnd(target, killSignal);
  const exited = exitOf(child).finally(release);
  const stop = async (): Promise<void> => {
    if (ended(child)) return;
    signalProcess(target, stopSignal);
    if (await settlesWithin(exited, graceMs)) return;
    signalProcess(target, killSignal);
    await exited;
  };
  return { pid, exited, stop };
}

async function launch({ command, args, env, cwd, output, detached = false }: ServerCommand): Promise<ChildProcess> {
  const sink = openOutput(output);
  try {
    const child = spawn(command, args, { env, cwd, detached, stdio: ['ignore', sink.stdio, sink.stdio] });
    sink.follow(child);
    await once(child, 'spawn');
    return child;
  } finally {
    sink.release();
  }
}

async function exitOf(child: ChildProcess): Promise<Exit> {
  if (!ended(child)) await once(child, 'exit');
  return { code: child.exitCode, signal: child.signalCode };
}

function ended(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function settlesWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  return Promise.race([work.then(() => true), delay(ms, false, { ref: false })]);
}

/** e.g. `exit code 1`, `killed by SIGKILL` */
export function describeExit({ code, signal }: Exit): string {
  return signal ? `killed by ${signal}` : `exit code ${code}`;
}
