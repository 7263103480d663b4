/**
 * `npm run keys [-- <subscriber> …]`: passwords, keys and server configurations for docker-compose.yml, in
 * `.valetkey/compose/`. Each subscriber named gets a NATS user and a durable consumer of its own. Run again, it keeps
 * what is there.
 */
import { join } from 'node:path';
import { writeKeys } from './compose/write-keys.ts';
import { explain } from './dev/explain.ts';

const folder = '.valetkey/compose';

try {
  const files = writeKeys(join(import.meta.dirname, '..', folder), process.argv.slice(2));
  process.stdout.write(`Wrote ${files.join(', ')} to ${folder}/. Start with: docker compose up --build\n`);
} catch (error) {
  process.stderr.write(explain(error));
  process.exitCode = 1;
}
