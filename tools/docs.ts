/**
 * `npm run docs`: writes the documents that follow from contracts and configurations. `npm run docs -- --check` writes
 * nothing, names those that are stale, and fails if there are any.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { staleDocuments } from './docs/stale-documents.ts';

const root = join(import.meta.dirname, '..');
const stale = await staleDocuments(root);

if (process.argv.includes('--check')) {
  for (const { file } of stale) process.stderr.write(`${file} is stale: run npm run docs\n`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const { file, content } of stale) {
    writeFileSync(join(root, file), content);
    process.stdout.write(`wrote ${file}\n`);
  }
}
