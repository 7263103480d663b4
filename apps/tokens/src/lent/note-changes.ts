import { isDeepStrictEqual } from 'node:util';
import type { Changes } from '@valetkey/contracts';

/** Sets a field if something was given for it that differs. */
export type Change = <T>(field: string, from: T, to: T | undefined, set: (value: T) => void) => void;

/** Says what changed. */
export function noteChanges(work: (change: Change) => void): Changes {
  const changes: Changes = [];
  work((field, from, to, set) => {
    if (to === undefined || isDeepStrictEqual(from, to)) return;
    changes.push({ field, from, to });
    set(to);
  });
  return changes;
}
