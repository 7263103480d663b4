import { endProcess } from '@valetkey/testing/stack';
import { stopLeftovers } from './leftovers.ts';
import { isRunning, readRun } from './run-record.ts';
import type { State } from './state.ts';

const GRACE_MS = 30_000;

/**
 * Ends the run under way in a workspace as Ctrl-C would, and stops what is left of it or of one before.
 *
 * @returns the names of what was running.
 */
export async function stopRun(state: State): Promise<readonly string[]> {
  const run = readRun(state.run);
  const runner = run && (await isRunning(run.runner)) ? run.runner : undefined;
  if (runner && !(await endProcess(runner.pid, 'SIGTERM', GRACE_MS))) await endProcess(runner.pid, 'SIGKILL', GRACE_MS);
  return [...(runner ? [runner.name] : []), ...(await stopLeftovers(state))];
}
