import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where the development stack keeps what it keeps. */
export interface State {
  /** The workspace. */
  readonly root: string;
  /** `.valetkey/`, readable by its owner alone: there are passwords in it. */
  readonly dir: string;
  readonly pgdata: string;
  readonly nats: string;
  readonly mail: string;
  /** The passwords and keys made at the first start. */
  readonly secrets: string;
  /** What the demo consists of, kept from the start that seeded it. */
  readonly seeded: string;
  /** Addresses and credentials for whoever works with the stack. It is there while the stack runs. */
  readonly devFile: string;
  /** The processes of the run under way. */
  readonly run: string;
  /** Which sources were built last. */
  readonly built: string;
}

export function stateIn(root: string): State {
  const dir = join(root, '.valetkey');
  return {
    root,
    dir,
    pgdata: join(dir, 'pgdata'),
    nats: join(dir, 'nats'),
    mail: join(dir, 'mail'),
    secrets: join(dir, 'secrets.json'),
    seeded: join(dir, 'seeded.json'),
    devFile: join(dir, 'dev.json'),
    run: join(dir, 'run.json'),
    built: join(dir, 'built'),
  };
}

export function makeStateDir({ dir }: State): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
}
