import { OAuthError, oauthErrorOf, Problem, type ProblemCode, problems } from '@valetkey/contracts';
import { z } from 'zod';
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { headersOf } from './headers.ts';
import type { Operation } from './operation.ts';
import { refusalsOf } from './refusals.ts';

/** The refusals of a request that share a status. */
interface Refusal {
  readonly status: number;
  readonly codes: readonly ProblemCode[];
  readonly oauth: boolean;
}

/** One response for each status with which a request may be refused. */
export function refusedOf(operation: Operation): ZodOpenApiResponsesObject {
  const { away } = operation.http;
  return {
    ...Object.fromEntries(
      groupsOf(operation).map((refusal) => [refusal.status, { $ref: `#/components/responses/${nameOf(refusal)}` }]),
    ),
    ...(away && { 503: awayResponse(away) }),
  };
}

/** What {@link refusedOf} points to: many operations refuse alike. */
export function refusals(operations: readonly Operation[]): Record<string, ZodOpenApiResponseObject> {
  const all = operations.flatMap(groupsOf).map((refusal) => [nameOf(refusal), responseOf(refusal)] as const);
  return Object.fromEntries(all.toSorted(([one], [other]) => one.localeCompare(other, 'en')));
}

function groupsOf(operation: Operation): Refusal[] {
  const byStatus = Map.groupBy(refusalsOf(operation), (code) => problems[code].status);
  return [...byStatus].map(([status, codes]) => ({ status, codes, oauth: operation.http.oauth === true }));
}

function nameOf({ status, codes, oauth }: Refusal): string {
  return [status, ...(oauth ? ['oauth'] : []), ...codes].join('.');
}

function responseOf({ status, codes, oauth }: Refusal): ZodOpenApiResponseObject {
  const headers = headersByStatus[status];
  return {
    description: codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('. '),
    ...(headers && { headers: headersOf(headers) }),
    content: oauth ? oauthError(codes) : problem(codes),
  };
}

const problem = (codes: readonly ProblemCode[]) => ({
  'application/problem+json': { schema: z.intersection(Problem, z.object({ code: z.enum(codes) })) },
});

const oauthError = (codes: readonly ProblemCode[]) => ({
  'application/json': {
    schema: z.intersection(OAuthError, z.object({ error: z.enum([...new Set(codes.map(oauthErrorOf))]) })),
  },
});

function awayResponse(schema: z.ZodType): ZodOpenApiResponseObject {
  const content = { 'application/json': { schema } };
  return { description: 'Something is away', headers: headersOf(retryAfter), content };
}

const retryAfter = { 'Retry-After': 'Seconds (RFC 9110 §10.2.3)' };
const headersByStatus: Readonly<Record<number, Record<string, string>>> = {
  401: { 'WWW-Authenticate': 'How to authenticate (RFC 9110 §11.6.1)' },
  429: retryAfter,
  503: retryAfter,
};
