/**
 * `npm run new:command -- <service> <entity> <verb-noun>`, `npm run new:event -- <service> <entity> <action>`,
 * `npm run new:service -- <name> <entity>`: writes what each begins with, and the lines that make it known.
 */
import { join } from 'node:path';
import { explain } from './dev/explain.ts';
import { Refusal } from './dev/refusal.error.ts';
import { generators } from './new/generators.ts';
import { apply, readerOf } from './new/workspace.ts';

const root = join(import.meta.dirname, '..');
const [kind = '', ...names] = process.argv.slice(2);

try {
  const generator = generators.get(kind);
  if (!generator) throw new Refusal(`There is no new:${kind}, but ${[...generators.keys()].join(', ')}.`);
  const files = await apply(root, generator.change(names, readerOf(root)));
  process.stdout.write(`${files.join('\n')}\n\n${generator.next}\n`);
} catch (error) {
  process.stderr.write(explain(error));
  process.exitCode = 1;
}
