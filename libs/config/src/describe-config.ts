import { z } from 'zod';
import { type ConfigDefinition, metaOf, schemasOf } from './config-definition.ts';

/** What an operator needs to know of a variable. `default` is as one would write it in the environment. */
export interface VariableDescription {
  readonly name: string;
  readonly required: boolean;
  readonly default: string | undefined;
  readonly secret: boolean;
  readonly description: string;
}

/** The variables of a service, in the order of their declaration. */
export function describeConfig(definition: ConfigDefinition): VariableDescription[] {
  return schemasOf(definition).map(([name, schema]) => ({
    name,
    required: !z.safeParse(schema, undefined).success,
    default: defaultOf(schema),
    ...metaOf(schema),
  }));
}

function defaultOf(schema: z.core.$ZodType): string | undefined {
  const hasDefault = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  return hasDefault ? String(schema.def.defaultValue) : undefined;
}
