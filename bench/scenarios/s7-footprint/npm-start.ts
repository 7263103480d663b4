import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readRun } from '../../../tools/dev/run-record.ts';
import { stateIn } from '../../../tools/dev/state.ts';
import { freePorts } from '../../platform/free-ports.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const state = stateIn(root);
const PATIENCE_MS = 180_000;
const POLL_MS = 20;

export interface Started {
  /** From the command to the moment at which every service is ready and the demo is there. */
  seconds: number;
  /** Process ids by name. */
  pids: Record<string, number>;
  stop(): Promise<void>;
}

/** Runs `npm start` in this workspace, on free ports. */
export async function npmStart(): Promise<Started> {
  if (existsSync(state.devFile)) throw new Error('Valetkey is running in this workspace: stop it to measure its start');
  const began = performance.now();
  const env = { ...process.env, ...(await freePorts()) };
  const child = spawn('npm', ['start'], { cwd: root, env, stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    const exited = once(child, 'exit');
    if (child.exitCode === null && child.kill('SIGINT')) await exited;
  };
  while (!existsSync(state.devFile)) {
    if (child.exitCode !== null || performance.now() - began > PATIENCE_MS)
      throw new Error('npm start did not succeed');
    await delay(POLL_MS);
  }
  const seconds = (performance.now() - began) / 1000;
  const processes = readRun(state.run)?.processes ?? [];
  return { seconds, pids: Object.fromEntries(processes.map(({ name, pid }) => [name, pid])), stop };
}
