import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { State } from './state.ts';

/** The keys of an installation, made by `npm run keys`: nobody could make them again. */
const SPARED = 'compose';

/**
 * Removes what the development stack keeps.
 *
 * @returns whether there was anything.
 */
export function forgetState({ dir }: Pick<State, 'dir'>): boolean {
  if (!existsSync(dir)) return false;
  const names = readdirSync(dir);
  const kept = names.filter((name) => name !== SPARED);
  for (const name of kept) rmSync(join(dir, name), { recursive: true, force: true, maxRetries: 3 });
  if (kept.length === names.length) rmSync(dir, { recursive: true, force: true });
  return kept.length > 0;
}
