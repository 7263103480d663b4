import { readFileSync } from 'node:fs';
import type { ConfigProblem } from './config-error.ts';

/** Names and values, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

interface Variable {
  readonly value?: string;
  readonly problem?: ConfigProblem;
}

/** The text of a variable; of a secret one also from the file that `<NAME>_FILE` names. */
export function readVariable(env: Environment, name: string, secret: boolean): Variable {
  const value = env[name] || undefined;
  const file = (secret && env[`${name}_FILE`]) || undefined;
  if (file === undefined) return { value };
  if (value !== undefined) return { problem: { name, expected: `must be given once: as ${name} or as ${name}_FILE` } };
  return readSecretFile(name, file);
}

function readSecretFile(name: string, file: string): Variable {
  try {
    const value = readFileSync(file, 'utf8').trim();
    return value ? { value } : { problem: { name, expected: `must not be empty in the file that ${name}_FILE names` } };
  } catch {
    return { problem: { name, expected: `must be readable from the file that ${name}_FILE names` } };
  }
}
