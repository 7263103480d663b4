/**
 * The end of `npm run typecheck`: a program outside the workspace, which has what npm would install with the publishable
 * packages and nothing else, compiles against their declarations.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackages } from './consumer/install-packages.ts';

const root = join(import.meta.dirname, '..');
const compilerOptions = { module: 'nodenext', target: 'es2024', strict: true, noEmit: true, types: ['node'] };

const project = mkdtempSync(join(tmpdir(), 'valetkey-consumer-'));
try {
  installPackages(root, project);
  copyFileSync(join(root, 'tools/consumer/consumer.ts'), join(project, 'consumer.ts'));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
  const { status } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', project], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(project, { recursive: true });
}
