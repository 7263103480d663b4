import type { z } from 'zod';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { type ConfigDefinition, metaOf, schemasOf } from './config-definition.ts';
import type { VariableDescription } from './describe-config.ts';
import { type Environment, readVariable, type VariableText } from './read-variable.ts';

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
  const variables = schemasOf(definition).map(([name, schema]) => {
    const { description, secret } = metaOf(schema);
    return { name, description, ...readVariable(env, name, secret) };
  });
  const parsed = definition.variables.safeParse(Object.fromEntries(variables.map(({ name, value }) => [name, value])));
  const problems = variables.flatMap((variable) => problemOf(variable, parsed.error) ?? []);
  if (parsed.success && problems.length === 0) return Object.freeze(parsed.data);
  throw new ConfigError(definition.service, problems);
}

type Variable = VariableText & Pick<VariableDescription, 'name' | 'description'>;

function problemOf({ name, description, value, wrong }: Variable, error?: z.ZodError): ConfigProblem | undefined {
  if (wrong) return { name, expected: wrong };
  const issue = error?.issues.find(({ path }) => path[0] === name);
  return issue && { name, expected: value === undefined ? `is required: ${description}` : issue.message };
}
