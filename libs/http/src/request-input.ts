import { type Contract, Failure, isInQuery, pathParameters, pointerTo, type Violation } from '@valetkey/contracts';
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
 * from the body. Judged by the service; refused here is only what could not be told apart there, and a member that
 * stands where the route does not look for it: a dry run in the wrong place must not be done in earnest.
 */
export function inputOf({ http }: Contract, { params, query, body }: RequestParts): Record<string, unknown> | Failure {
  if (!http) throw new Error('The contract has no route');
  const given = http.wholeBody === undefined ? (body === undefined ? {} : body) : { [http.wholeBody]: body };
  if (!isRecord(given)) return malformed([{ pointer: '', detail: 'must be an object' }]);
  const inPath = pathParameters(http.path);
  const unknown = [
    ...Object.keys(given).filter((key) => isInQuery(http, key) || inPath.includes(key)),
    ...Object.keys(query).filter((key) => !isInQuery(http, key) || inPath.includes(key)),
  ];
  if (unknown.length > 0)
    return malformed(unknown.map((name) => ({ pointer: pointerTo([name]), detail: 'is not a known field' })));
  return { ...given, ...query, ...params };
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
