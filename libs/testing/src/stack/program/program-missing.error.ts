import type { Program } from './program.ts';

/** A program is not here, and we could not install it. The message says how to, and why we could not. */
export class ProgramMissingError extends Error {
  override readonly name = 'ProgramMissingError';

  constructor({ name, debian, homebrew, elsewhere }: Program, why: string) {
    super(`${name} is needed. Put it on the PATH:
  Debian, Ubuntu   sudo apt-get install ${debian}
  macOS            brew install ${homebrew.join(' ')}
  elsewhere        ${elsewhere}
It could not be installed from here: ${why}`);
  }
}
