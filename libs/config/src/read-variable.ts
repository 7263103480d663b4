import { readFileSync } from 'node:fs';

/** Names and values, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The text of a variable, or what is wrong with the way it was given. */
export interface VariableText {
  readonly value?: string;
  readonly wrong?: string;
}

/** The text of a variable; that of a secret may also stand in the file that `<NAME>_FILE` names. */
export function readVariable(env: Environment, name: string, secret: boolean): VariableText {
  const value = env[name] || undefined;
  const file = secret ? env[`${name}_FILE`] : undefined;
  if (!file) return { value };
  if (value) return { wrong: `must be given once: as ${name} or as ${name}_FILE` };
  return readSecretFile(file, `the file that ${name}_FILE names`);
}

function readSecretFile(path: string, file: string): VariableText {
  try {
    const value = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    return value ? { value } : { wrong: `must not be empty in ${file}` };
  } catch {
    return { wrong: `must be readable from ${file}` };
  }
}
