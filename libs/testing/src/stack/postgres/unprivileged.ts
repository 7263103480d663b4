import { chown } from 'node:fs/promises';

const NOBODY = 65_534;

/**
 * PostgreSQL refuses to run as root. For root it runs as nobody, with one capability left to it: to pass private
 * directories, such as `/root`, that the checkout may lie in. For everybody else this is the command itself.
 *
 * @see setpriv(1), capabilities(7): CAP_DAC_OVERRIDE
 */
export function unprivileged(command: string, args: readonly string[]): { command: string; args: readonly string[] } {
  if (!isRoot()) return { command, args };
  if (process.platform !== 'linux') throw new Error('PostgreSQL does not run as root: use an ordinary user.');
  const identity = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
  // Without the secure bit access(2), with which PostgreSQL looks at its own program, ignores the capability.
  const reach = ['--securebits=+no_setuid_fixup', '--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  return { command: 'setpriv', args: [...identity, ...reach, command, ...args] };
}

/** Gives a file or directory to whoever PostgreSQL runs as. */
export async function handOver(path: string): Promise<void> {
  if (isRoot()) await chown(path, NOBODY, NOBODY);
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
