/**
 * `npm start`: the whole platform on this machine, in the foreground. Ports are set by environment variables, see
 * `tools/dev/ports.ts`; what is kept between starts is in `.valetkey/`.
 */
import { join } from 'node:path';
import { buildIfChanged } from './dev/build.ts';
import { explain } from './dev/explain.ts';
import { runStack } from './dev/run-stack.ts';
import { platformServices, seededServices } from './dev/services.ts';
import { seed } from './dev/seed.ts';

try {
  await runStack({
    root: join(import.meta.dirname, '..'),
    build: buildIfChanged,
    services: platformServices,
    seed,
    seededServices,
  });
} catch (error) {
  process.stderr.write(explain(error));
  process.exitCode = 1;
}
