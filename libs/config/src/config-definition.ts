import { z } from 'zod';

/** What a service reads from its environment: made by {@link defineConfig}, read by `readConfig`, documented by `configTable`. */
export interface ConfigDefinition<Variables extends z.ZodObject = z.ZodObject> {
  readonly service: string;
  readonly variables: Variables;
}

/** The values `readConfig` gives for a definition. */
export type ConfigOf<Definition extends ConfigDefinition> = Readonly<z.output<Definition['variables']>>;

/**
 * Declares a service's environment variables. Each carries a description, given last in its chain (`.describe(…)` or
 * {@link secret}), for zod's wrappers such as `.default()` do not inherit it. A refinement over several of them must name
 * one in its `path`.
 *
 * @throws TypeError naming a variable without a description.
 */
export function defineConfig<Variables extends z.ZodObject>(
  service: string,
  variables: Variables,
): ConfigDefinition<Variables> {
  for (const [name, schema] of schemasOf({ variables })) {
    if (!metaOf(schema).description) throw new TypeError(`${service}: ${name} needs a description, given last`);
  }
  return Object.freeze({ service, variables });
}

/** Marks a variable as secret: documented as such, and accepted as a file too, by `<NAME>_FILE`. */
export function secret<Schema extends z.ZodType>(schema: Schema, description: string): Schema {
  return schema.meta({ description, secret: true });
}

/** The variables of a definition with their schemas, in the order of their declaration. */
export function schemasOf({
  variables,
}: Pick<ConfigDefinition, 'variables'>): [name: string, schema: z.core.$ZodType][] {
  return Object.entries<z.core.$ZodType>(variables.shape);
}

/** The description of a variable and whether it is secret. */
export function metaOf(schema: z.core.$ZodType): { description: string; secret: boolean } {
  const { description = '', secret = false } = z.globalRegistry.get(schema) ?? {};
  return { description, secret: secret === true };
}
