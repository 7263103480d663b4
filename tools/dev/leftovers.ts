import { rmSync } from 'node:fs';
import { endProcess, stopLeftoverPostgres } from '@valetkey/testing/stack';
import { Refusal } from './refusal.error.ts';
import { isRunning, readRun, type RunningProcess } from './run-record.ts';
import type { State } from './state.ts';

const GRACE_MS = 10_000;

/** @throws Refusal when a run is under way in this workspace. */
export async function refuseSecondRun(state: State): Promise<void> {
  const run = readRun(state.run);
  if (!run || !(await isRunning(run.runner))) return;
  throw new Refusal(`Valetkey is running here already (process ${run.runner.pid}). Stop it there with Ctrl-C.`);
}

/**
 * Ends what a killed run has left, last started first, PostgreSQL last.
 *
 * @returns the names of what was still running.
 */
export async function stopLeftovers(state: State): Promise<readonly string[]> {
  const stopped: string[] = [];
  for (const process of readRun(state.run)?.processes.toReversed() ?? []) {
    if (await isRunning(process)) stopped.push(await endGroup(process));
  }
  if (await stopLeftoverPostgres(state.pgdata)) stopped.push('PostgreSQL');
  rmSync(state.run, { force: true });
  rmSync(state.devFile, { force: true });
  return stopped;
}

/** Each leads a process group. */
async function endGroup({ name, pid }: RunningProcess): Promise<string> {
  if (!(await endProcess(-pid, 'SIGTERM', GRACE_MS))) await endProcess(-pid, 'SIGKILL', GRACE_MS);
  return name;
}
