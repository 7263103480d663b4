/**
 * `npm run bench [-- S1 S3 …] [-- --peers]`: measures all scenarios or those named; with `--peers` the peers alone.
 * Installs the benchmark's own packages first where they are missing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Interruption } from './harness/interruption.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** npm writes its hidden lock file last. */
function isInstalled(): boolean {
  const hidden = here('node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const packagesIn = (path: string): Record<string, { version?: string; optional?: boolean }> =>
    JSON.parse(readFileSync(path, 'utf8')).packages;
  const installed = packagesIn(hidden);
  return Object.entries(packagesIn(here('package-lock.json'))).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

if (!isInstalled()) {
  process.stdout.write("Installing the benchmark's packages (npm ci) …\n");
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here('.'), stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
const { measure } = await import('./measure.ts');
try {
  await measure(process.argv.slice(2));
  process.exit(0);
} catch (error) {
  if (error instanceof Interruption) process.exit(130);
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
