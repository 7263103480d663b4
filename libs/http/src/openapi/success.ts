import * as contracts from '@valetkey/contracts';
import { z } from 'zod';
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { saysWhereMade } from '../where-made.ts';
import { headersOf } from './headers.ts';
import type { Operation } from './operation.ts';

const wording = { 200: 'Done', 201: 'Made', 202: 'Taken; what follows is mailed', 204: 'Done' } as const;

/** What the gateway answers when all is well; for what makes a resource also the answer to a repeated request. */
export function successesOf(operation: Operation): ZodOpenApiResponsesObject {
  const { answer, http } = operation;
  const shown = answer && withoutRevision(answer);
  const type = http.answers ?? 'application/json';
  const headers = headersFor(operation);
  const usual: ZodOpenApiResponseObject = {
    description: wording[http.success],
    ...(Object.keys(headers).length > 0 && { headers: headersOf(headers) }),
    ...(shown && { content: { [type]: { schema: shown } } }),
  };
  const responses: ZodOpenApiResponsesObject = { [http.success]: usual };
  if (http.otherwise) return { ...responses, [http.otherwise.success]: otherwiseOf(http.otherwise, operation, usual) };
  if (!http.creates || !shown) return responses;
  const replay = { description: 'Made before, by a request with this Idempotency-Key' };
  return { ...responses, 200: { ...replay, content: { [type]: { schema: withoutSecret(shown) } } } };
}

/** Under the status of the usual success, too: there it is one answer or the other, and headers are the usual one's. */
function otherwiseOf(
  { success, when, answer }: NonNullable<contracts.HttpBinding['otherwise']>,
  operation: Operation,
  usual: ZodOpenApiResponseObject,
): ZodOpenApiResponseObject {
  const content = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });
  if (success !== operation.http.success || !operation.answer) return { description: when, ...content(answer) };
  const either = z.union([withoutRevision(operation.answer), answer]);
  const headers = headersOf(headersFor(operation), { always: false });
  return { description: `${usual.description}. ${when}`, headers, ...content(either) };
}

function headersFor({ answer, http }: Operation): Record<string, string> {
  return {
    ...http.headers,
    ...(hasMember(answer, 'revision') && { ETag: 'The revision, for If-Match' }),
    ...(saysWhereMade(http) && { Location: 'Where the resource is' }),
  };
}

/** The gateway shows a resource's revision as its `ETag`. What is left is known by the name of the resource, if it has one. */
function withoutRevision(answer: z.ZodType): z.ZodType {
  if (!hasMember(answer, 'revision')) return answer;
  const rest = answer.omit({ revision: true });
  return named.find((schema) => sameMembers(schema, rest)) ?? rest;
}

function withoutSecret(answer: z.ZodType): z.ZodType {
  return hasMember(answer, 'secret') ? answer.omit({ secret: true }) : answer;
}

function hasMember(schema: z.ZodType | undefined, member: string): schema is z.ZodObject {
  return schema instanceof z.ZodObject && member in schema.shape;
}

const named = Object.values<unknown>(contracts)
  .filter((value) => value instanceof z.ZodObject)
  .filter((schema) => z.globalRegistry.get(schema)?.id !== undefined);

/** Extending a schema keeps the very schemas of its members. */
function sameMembers(one: z.ZodObject, other: z.ZodObject): boolean {
  const keys = Object.keys(one.shape);
  return keys.length === Object.keys(other.shape).length && keys.every((key) => one.shape[key] === other.shape[key]);
}
