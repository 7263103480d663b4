/** `npm run reset`: stops the stack, should it be running, and forgets everything it kept in `.valetkey/`. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { explain } from './dev/explain.ts';
import { stateIn } from './dev/state.ts';
import { stopRun } from './dev/stop-run.ts';

const state = stateIn(join(import.meta.dirname, '..'));

try {
  const stopped = await stopRun(state);
  if (stopped.length > 0) process.stdout.write(`Stopped: ${stopped.join(', ')}\n`);
  process.stdout.write(existsSync(state.dir) ? 'Removed .valetkey/\n' : 'There is nothing to reset.\n');
  rmSync(state.dir, { recursive: true, force: true, maxRetries: 3 });
} catch (error) {
  process.stderr.write(explain(error));
  process.exitCode = 1;
}
