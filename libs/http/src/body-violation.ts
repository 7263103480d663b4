import { pointerTo, type Violation } from '@valetkey/contracts';

/** Deeper than any contract goes; a stack is not endless. */
const MAX_DEPTH = 32;

/**
 * What no contract would see: members nested without end, and numbers too large for a double. JSON.parse makes infinity
 * of those, and JSON null of infinity, which on the way to a service would turn a limit into none.
 */
export function bodyViolation(value: unknown, depth = 0): Violation | undefined {
  if (depth > MAX_DEPTH) return { pointer: '', detail: 'is nested too deeply' };
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : { pointer: '', detail: 'is a number too large' };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, member] of Object.entries(value)) {
    const found = bodyViolation(member, depth + 1);
    if (found) return { ...found, pointer: pointerTo([key]) + found.pointer };
  }
  return undefined;
}
