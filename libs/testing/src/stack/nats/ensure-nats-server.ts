import { type Outcome, type Run, runCommand } from '../process/run-command.ts';
import { installOnDebian } from './install-on-debian.ts';
import { NatsServerMissingError } from './nats-server-missing.error.ts';

/** Debian keeps it off an ordinary user's PATH, Homebrew off that of programs started elsewhere than in a shell. */
const PLACES = ['nats-server', '/usr/sbin/nats-server', '/opt/homebrew/bin/nats-server', '/usr/local/bin/nats-server'];

/**
 * Finds the nats-server program, or installs it where that takes nobody's hand: by apt-get for root and for those whose
 * sudo asks no password, or by Homebrew.
 *
 * @returns the command to run.
 * @throws NatsServerMissingError saying how to install it, and why we could not.
 */
export async function ensureNatsServer(run: Run = runCommand): Promise<string> {
  const present = await find(run);
  if (present !== undefined) return present;

  const { ok, said } = await install(run);
  const installed = ok ? await find(run) : undefined;
  if (installed === undefined) throw new NatsServerMissingError(said);
  return installed;
}

async function find(run: Run): Promise<string | undefined> {
  for (const place of PLACES) if ((await run(place, ['--version'])).ok) return place;
  return undefined;
}

async function install(run: Run): Promise<Outcome> {
  if ((await run('apt-get', ['--version'])).ok) return installOnDebian(run);
  if ((await run('brew', ['--version'])).ok) return run('brew', ['install', '--quiet', 'nats-server']);
  return { ok: false, said: 'neither apt-get nor brew is here' };
}
