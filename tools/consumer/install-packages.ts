import { cpSync, globSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** Where a publishable package has its declarations; no other package has any. */
const DECLARATIONS = 'types';

const Package = z.object({
  name: z.string(),
  files: z.array(z.string()).default([]),
  dependencies: z.record(z.string(), z.string()).default({}),
});

/** Puts into a project what npm would install with the publishable packages, as far as a compiler reads it. */
export function installPackages(root: string, project: string): void {
  const publishable = globSync('libs/*/package.json', { cwd: root })
    .map((file) => ({
      folder: join(root, dirname(file)),
      ...Package.parse(JSON.parse(readFileSync(join(root, file), 'utf8'))),
    }))
    .filter(({ files }) => files.includes(DECLARATIONS));
  for (const { folder, name } of publishable) {
    for (const part of ['package.json', DECLARATIONS]) {
      cpSync(join(folder, part), join(project, 'node_modules', name, part), { recursive: true });
    }
  }
  const needed = new Set(publishable.flatMap(({ dependencies }) => Object.keys(dependencies)));
  for (const { name } of publishable) needed.delete(name);
  for (const name of [...needed, '@types/node']) link(root, project, name);
}

function link(root: string, project: string, name: string): void {
  const path = join(project, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(join(root, 'node_modules', name), path);
}
