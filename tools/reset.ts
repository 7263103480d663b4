/**
 * `npm run reset`: stops the stack, should it be running, and forgets everything it kept in `.valetkey/`. The keys of an
 * installation, which `npm run keys` put into `.valetkey/compose/`, stay.
 */
import { join } from 'node:path';
import { explain } from './dev/explain.ts';
import { forgetState } from './dev/forget-state.ts';
import { stateIn } from './dev/state.ts';
import { stopRun } from './dev/stop-run.ts';

const state = stateIn(join(import.meta.dirname, '..'));

try {
  const stopped = await stopRun(state);
  if (stopped.length > 0) process.stdout.write(`Stopped: ${stopped.join(', ')}\n`);
  process.stdout.write(forgetState(state) ? 'Forgot what was in .valetkey/\n' : 'There is nothing to reset.\n');
} catch (error) {
  process.stderr.write(explain(error));
  process.exitCode = 1;
}
