import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ConfigDefinition } from '@valetkey/config';

/** What each app, and the set-up of the bus, reads from its environment. */
export async function configDefinitions(root: string): Promise<ConfigDefinition[]> {
  const files = globSync(['apps/*/src/*.config.ts', 'tools/*.config.ts'], { cwd: root }).sort();
  const modules = await Promise.all(files.map((file) => exportsOf(join(root, file))));
  return modules.flatMap((exported) => exported.filter(isConfigDefinition));
}

async function exportsOf(file: string): Promise<unknown[]> {
  const module: unknown = await import(pathToFileURL(file).href);
  const values: unknown[] = Object.values(module ?? {});
  return values;
}

function isConfigDefinition(value: unknown): value is ConfigDefinition {
  return typeof value === 'object' && value !== null && 'service' in value && 'variables' in value;
}
