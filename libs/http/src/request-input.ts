import { type Contract, Failure, isInQuery, pathParameters, type Violation } from '@valetkey/contracts';
import type { FastifyRequest } from 'fastify';

interface RequestParts {
  params: Record<string, unknown>;
  query: Record<string, unknown>;
  body: unknown;
}

export function partsOf(request: FastifyRequest): RequestParts {
  const { params, query, body } = request;
  return { params: recordOf(params), query: recordOf(query), body };
}

/**
 * A contract's input from a request: path parameters, and the rest from the query for methods without a body, else
 * from the body. Judged by the service; refused here is only what could not be told apart there.
 */
export function inputOf({ http }: Contract, { params, query, body }: RequestParts): Record<string, unknown> | Failure {
  if (!http) throw new Error('The contract has no route');
  if (http.wholeBody !== undefined) return { ...params, [http.wholeBody]: body };
  const given = body === undefined ? {} : body;
  if (!isRecord(given)) return malformed([{ pointer: '', detail: 'must be an object' }]);
  const fromQuery = Object.fromEntries(Object.entries(query).filter(([key]) => isInQuery(http, key)));
  const clashes = pathParameters(http.path).filter((name) => name in given || name in fromQuery);
  if (clashes.length > 0)
    return malformed(clashes.map((name) => ({ pointer: `/${name}`, detail: 'is not a known field' })));
  return { ...given, ...fromQuery, ...params };
}

/**
 * What is asked where a body is no input at all: a row that is not there answers alike whatever the body, and no
 * contract takes this member.
 */
export function noInputOf({ params }: Pick<RequestParts, 'params'>): Record<string, unknown> {
  return { ...params, '\0': null };
}

function malformed(errors: Violation[]): Failure {
  return new Failure('malformed', { errors });
}

function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
