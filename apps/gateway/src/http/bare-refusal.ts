import { Failure, type ProblemCode } from '@valetkey/contracts';
import { problemOf, requestIdOf } from '@valetkey/http';
import { commonHeaders } from './common-headers.ts';

/** A problem for a request that never becomes one of Fastify's. */
export interface BareRefusal {
  requestId: string;
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Says what every refusal says, under a request id of our own, and that the connection ends. */
export function bareRefusal(code: ProblemCode): BareRefusal {
  const requestId = requestIdOf(undefined);
  const problem = problemOf(new Failure(code), requestId);
  const body = JSON.stringify(problem);
  const headers = {
    ...commonHeaders,
    'x-request-id': requestId,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  return { requestId, status: problem.status, headers, body };
}
