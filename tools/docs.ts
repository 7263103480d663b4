/**
 * `npm run docs`: writes the documents that follow from contracts and configurations. `npm run docs -- --check` writes
 * nothing, names those that are stale, and fails if there are any.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateDocuments } from './docs/generate.ts';

const root = join(import.meta.dirname, '..');
const isStale = ({ file, content }: { file: string; content: string }) =>
  !existsSync(join(root, file)) || readFileSync(join(root, file), 'utf8') !== content;

const stale = (await generateDocuments(root)).filter(isStale);
if (process.argv.includes('--check')) {
  for (const { file } of stale) process.stderr.write(`${file} is stale: run npm run docs\n`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const { file, content } of stale) {
    writeFileSync(join(root, file), content);
    process.stdout.write(`wrote ${file}\n`);
  }
}
