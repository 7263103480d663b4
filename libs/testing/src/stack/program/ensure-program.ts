import { type Outcome, type Run, runCommand } from '../process/run-command.ts';
import { installOnDebian } from './install-on-debian.ts';
import { ProgramMissingError } from './program-missing.error.ts';
import type { Program } from './program.ts';

/**
 * Finds a program, or installs it where that takes nobody's hand: by apt-get for root and for those whose sudo asks no
 * password, or by Homebrew.
 *
 * @returns the command to run.
 * @throws ProgramMissingError saying how to install it, and why we could not.
 */
export async function ensureProgram(program: Program, run: Run = runCommand): Promise<string> {
  const present = await find(program, run);
  if (present !== undefined) return present;

  const { ok, said } = await install(program, run);
  const installed = ok ? await find(program, run) : undefined;
  if (installed === undefined) throw new ProgramMissingError(program, said);
  return installed;
}

async function find({ places }: Program, run: Run): Promise<string | undefined> {
  for (const place of places) if ((await run(place, ['--version'])).ok) return place;
  return undefined;
}

async function install(program: Program, run: Run): Promise<Outcome> {
  if ((await run('apt-get', ['--version'])).ok) return installOnDebian(program, run);
  if ((await run('brew', ['--version'])).ok) return run('brew', ['install', '--quiet', ...program.homebrew]);
  return { ok: false, said: 'neither apt-get nor brew is here' };
}
