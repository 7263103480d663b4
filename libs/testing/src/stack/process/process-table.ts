import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { isErrno, signalProcess } from './signal-process.ts';
import { waitUntil } from './wait-until.ts';

const run = promisify(execFile);
const hasProc = existsSync('/proc/self/stat');

/**
 * When a process started, good for comparing alone: a process id comes again, the pair of both does not.
 *
 * @returns undefined when no such process runs.
 * @see proc_pid_stat(5), fields 3 and 22
 */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  if (!hasProc) return (await ps(pid, 'lstart')) || undefined;
  const stat = await readProc(pid, 'stat');
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' ? undefined : fields[18];
}

/** A process's program and arguments; empty when no such process runs. */
export async function commandOf(pid: number): Promise<string> {
  return hasProc ? (await readProc(pid, 'cmdline')).replaceAll('\0', ' ') : ps(pid, 'command');
}

/** Signals a process and waits for its end. Negative: its group, of which the leader is waited for. */
export async function endProcess(target: number, signal: NodeJS.Signals, timeoutMs: number): Promise<boolean> {
  if (!signalProcess(target, signal)) return true;
  const gone = await waitUntil(async () => ((await startTimeOf(Math.abs(target))) ? undefined : true), { timeoutMs });
  return gone === true;
}

async function readProc(pid: number, file: string): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ESRCH')) return '';
    throw error;
  }
}

/** ps(1) fails where there is no such process. */
async function ps(pid: number, column: string): Promise<string> {
  const found = run('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)]);
  return found.then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
}
