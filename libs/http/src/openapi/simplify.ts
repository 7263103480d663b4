import { z } from 'zod';
import type { CreateDocumentOptions } from 'zod-openapi';

/** Formats that say all there is; zod writes out its regular expression beside them. */
const TELLING_FORMATS = ['uuid', 'date-time', 'email', 'ipv4', 'ipv6'];

/**
 * Leaves out of a schema what says nothing to a reader, and what would keep answers from growing. Puts back the default of
 * an input that is transformed, which zod leaves out.
 */
export const simplify: CreateDocumentOptions['override'] = ({ jsonSchema, zodSchema, io }) => {
  if (io === 'input' && zodSchema instanceof z.ZodDefault) jsonSchema.default ??= zodSchema.def.defaultValue;
  if (TELLING_FORMATS.includes(jsonSchema.format ?? '')) delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  const { additionalProperties: others } = jsonSchema;
  if (io === 'output' && (others === false || JSON.stringify(others) === '{}')) delete jsonSchema.additionalProperties;
};
