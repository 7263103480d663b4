import { spawnSync } from 'node:child_process';
import { autocannonGenerator } from './autocannon.ts';
import type { Generator } from './load.ts';
import { wrk } from './wrk.ts';

/** wrk where it is or can be installed; one generator for all contenders of a run in any case. */
export function chooseGenerator(): Generator {
  if (hasWrk() || (installWrk() && hasWrk())) return wrk;
  process.stderr.write(
    'wrk is not installed (Debian and Ubuntu: apt-get install wrk; macOS: brew install wrk).\n' +
      'Falling back to autocannon: it takes CPU from every contender alike, so all rates are lower and ratios flatter.\n',
  );
  return autocannonGenerator;
}

const hasWrk = (): boolean => spawnSync('wrk', ['-v']).error === undefined;

function installWrk(): boolean {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).error) return false;
  const install = (): boolean => spawnSync('apt-get', ['install', '-y', 'wrk'], { stdio: 'ignore' }).status === 0;
  return install() || (spawnSync('apt-get', ['update'], { stdio: 'ignore' }).status === 0 && install());
}
