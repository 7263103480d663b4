import { isInQuery, pathParameters } from '@valetkey/contracts';
import { z } from 'zod';
import type { ZodOpenApiParameters, ZodOpenApiRequestBodyObject } from 'zod-openapi';
import { IdempotencyKey } from '../idempotency-key.ts';
import type { Operation } from './operation.ts';

/** The parts of a request: path parameters by their names, then query or body as the gateway takes the rest. */
export interface RequestParts {
  readonly path: readonly string[];
  readonly query: readonly string[];
  readonly body: readonly string[];
}

export function requestPartsOf({ input, http }: Operation): RequestParts {
  const path = pathParameters(http.path);
  const rest = Object.keys(input.shape).filter((key) => !path.includes(key));
  const inQuery = (key: string) => isInQuery(http, key);
  return { path, query: rest.filter(inQuery), body: rest.filter((key) => !inQuery(key)) };
}

export function parametersOf(operation: Operation): ZodOpenApiParameters | undefined {
  const { path, query } = requestPartsOf(operation);
  const parameters: ZodOpenApiParameters = {
    ...(path.length > 0 && { path: partOf(operation.input, path) }),
    ...(query.length > 0 && { query: partOf(operation.input, query) }),
    ...headersOf(operation),
  };
  return Object.keys(parameters).length > 0 ? parameters : undefined;
}

export function bodyOf(operation: Operation): ZodOpenApiRequestBodyObject | undefined {
  const { body } = requestPartsOf(operation);
  const { input, http } = operation;
  if (body.length === 0) return undefined;
  const schema = http.wholeBody === undefined ? partOf(input, body) : fieldOf(input, http.wholeBody);
  const required = !schema.safeParse({}).success;
  return { required, content: { [http.accepts ?? 'application/json']: { schema } } };
}

const RepeatableBy = IdempotencyKey.optional().meta({
  description: 'Kept for 24 hours: a repeated request answers what the first one made, without its secret',
});

const IfMatch = z
  .string()
  .optional()
  .meta({ description: 'The ETag of what is changed; without it the last write wins' });

function headersOf({ http, errors }: Operation): ZodOpenApiParameters {
  const headers = {
    ...(http.creates && { 'Idempotency-Key': RepeatableBy }),
    ...(errors.includes('precondition_failed') && { 'If-Match': IfMatch }),
  };
  return Object.keys(headers).length > 0 ? { header: z.object(headers) } : {};
}

/** Some members of an input; all of them are the input itself, with what it says of them together. */
function partOf(input: z.ZodObject, keys: readonly string[]): z.ZodObject {
  if (keys.length === Object.keys(input.shape).length) return input;
  return z.strictObject(Object.fromEntries(keys.map((key) => [key, fieldOf(input, key)])));
}

function fieldOf(input: z.ZodObject, key: string): z.ZodType {
  const field: unknown = input.shape[key];
  if (field instanceof z.ZodType) return field;
  throw new TypeError(`The input has no member ${key}`);
}
