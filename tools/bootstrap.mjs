/**
 * The door to the tools: `node tools/bootstrap.mjs [tools/<tool>.ts [args]]`.
 *
 * Runs on Node 20 with nothing installed, so it is plain JavaScript without imports from npm. It installs the lock
 * file's packages where they are not, then runs the tool, if one is named, on the Node 24 that came with them.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const node = join(bin, 'node');

/** One Ctrl-C reaches us from the terminal and again from npm, some milliseconds later. */
const SAME_SIGNAL_MS = 500;

const packagesIn = (lockFile) => JSON.parse(readFileSync(join(root, lockFile), 'utf8')).packages;

/** npm writes its hidden lock file last, so a broken install has none. Optional packages may be for other platforms. */
function isInstalled() {
  if (!existsSync(node) || !existsSync(join(root, 'node_modules/.package-lock.json'))) return false;
  const installed = packagesIn('node_modules/.package-lock.json');
  return Object.entries(packagesIn('package-lock.json')).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true;
    return installed[path] ? installed[path].version === version : Boolean(optional ?? devOptional);
  });
}

/** Our own bin folder is left off the PATH: npm must not run on the Node it is about to replace. */
function install() {
  process.stdout.write('Installing packages (npm ci) …\n');
  const PATH = (process.env.PATH ?? '').split(delimiter).filter((folder) => resolve(folder) !== bin);
  const { status, error, stdout, stderr } = spawnSync(
    'npm',
    ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      env: { ...process.env, PATH: PATH.join(delimiter) },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (status === 0 && existsSync(node)) return;
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  const remedy =
    status === 0 ? 'it left no node_modules/.bin/node: allow install scripts' : (error?.message ?? 'see above');
  process.stderr.write(`npm ci failed: ${remedy}\n`);
  process.exit(1);
}

/**
 * The tool leads a process group of its own, and a signal goes to that group as a terminal would send it. Were it in
 * ours, a Ctrl-C would reach it from the terminal, from npm and from us.
 */
function run(tool, args) {
  const flags = ['--conditions=@valetkey/source', '--disable-warning=ExperimentalWarning'];
  const child = spawn(node, [...flags, resolve(root, tool), ...args], {
    stdio: 'inherit',
    detached: true,
    env: { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) },
  });
  let lastSignalAt = -Infinity;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      const repeated = performance.now() - lastSignalAt < SAME_SIGNAL_MS;
      lastSignalAt = performance.now();
      if (!repeated && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, signal);
    });
  }
  child.on('exit', (code, signal) => leaveAs(code, signal));
}

function leaveAs(code, signal) {
  if (signal === null) process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

const [tool, ...args] = process.argv.slice(2);
if (!isInstalled()) install();
if (tool) run(tool, args);
