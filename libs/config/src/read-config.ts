import type { z } from 'zod';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { type ConfigDefinition, metaOf } from './config-definition.ts';
import { type Environment, readVariable } from './read-variable.ts';

/**
 * Reads a service's configuration once, at start. A variable that is empty counts as not set. A secret may be given as a
 * file by `<NAME>_FILE` (as Docker secrets are).
 *
 * @throws ConfigError listing every variable that is wrong, with what is expected.
 */
export function readConfig<Variables extends z.ZodObject>(
  definition: ConfigDefinition<Variables>,
  env: Environment = process.env,
): Readonly<z.output<Variables>> {
  const problems: ConfigProblem[] = [];
  const raw: Record<string, string | undefined> = {};
  for (const [name, schema] of Object.entries(definition.variables.shape)) {
    const variable = readVariable(env, name, metaOf(schema).secret);
    if (variable.problem) problems.push(variable.problem);
    raw[name] = variable.value;
  }
  const parsed = definition.variables.safeParse(raw);
  if (parsed.success && problems.length === 0) return Object.freeze(parsed.data);
  throw new ConfigError(definition.service, [...problems, ...problemsOf(parsed.error, raw, problems)]);
}

/** One problem per variable, but for those whose file already is one. */
function problemsOf(
  error: z.ZodError | undefined,
  raw: Record<string, string | undefined>,
  known: readonly ConfigProblem[],
): ConfigProblem[] {
  const expectations = new Map<string, string>();
  for (const { path, message } of error?.issues ?? []) {
    const name = String(path[0]);
    const expected = raw[name] === undefined ? `is required: ${message}` : message;
    if (!known.some((problem) => problem.name === name) && !expectations.has(name)) expectations.set(name, expected);
  }
  return [...expectations].map(([name, expected]) => ({ name, expected }));
}
