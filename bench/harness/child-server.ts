import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const READY_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 10_000;

/** What a server sends its parent over IPC once it listens. */
export interface Ready {
  /** e.g. `http://127.0.0.1:40123` */
  url: string;
}

export interface ChildServer extends Ready {
  pid: number;
  stop(): Promise<void>;
}

/** Starts one contender as one Node process of its own, in production mode, and waits until it listens. */
export async function startChildServer(
  script: URL,
  args: string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<ChildServer> {
  const child = fork(script, args, {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { url } = await readiness(child, script);
  if (child.pid === undefined) throw new Error(`${script.pathname} has no process`);
  return { url, pid: child.pid, stop: () => stop(child) };
}

/** Called in the child: tells the parent where it listens, and ends with SIGTERM or with the parent. */
export function announce(ready: Ready): void {
  process.on('SIGTERM', () => process.exit(0));
  process.on('disconnect', () => process.exit(0));
  process.send?.(ready);
}

async function readiness(child: ChildProcess, script: URL): Promise<Ready> {
  const signal = AbortSignal.timeout(READY_WITHIN_MS);
  const exited = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`${script.pathname} ended with ${String(code)} before it listened`);
  });
  const [ready] = await Promise.race([once(child, 'message', { signal }), exited]);
  exited.catch(() => undefined); // it ends one day, which no longer matters here
  return ready;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await exited;
  clearTimeout(insist);
}
