import type { Contract } from '@valetkey/contracts';
import type { FastifyReply } from 'fastify';
import { saysWhereMade } from './where-made.ts';

/** A successful answer: status, body, and the headers that follow from the contract. */
export function sendAnswer(reply: FastifyReply, { http }: Contract, path: string, answer: unknown): FastifyReply {
  if (!http) throw new Error('The contract has no route');
  const { body, revision } = withoutRevision(answer);
  if (http.success === 204) {
    return !http.otherwise || isEmpty(body)
      ? reply.status(204).send()
      : reply.status(200).type('application/json').send(JSON.stringify(body));
  }
  if (typeof revision === 'number') reply.header('etag', `"${revision}"`);
  if (saysWhereMade(http)) reply.header('location', `${path}/${idOf(body, http.creates?.member)}`);
  return reply.status(http.success).type('application/json').send(JSON.stringify(body));
}

/** Nothing to say, unless it is what was asked for instead of doing it. */
function isEmpty(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Object.keys(body).length === 0;
}

/** Services answer a resource's revision beside it; clients see it as the `ETag`. */
function withoutRevision(answer: unknown): { body: unknown; revision?: unknown } {
  if (typeof answer !== 'object' || answer === null || !('revision' in answer)) return { body: answer };
  const { revision, ...body } = answer;
  return { body, revision };
}

function idOf(body: unknown, member: string | undefined): string {
  const resource: unknown = member === undefined ? body : Reflect.get(Object(body), member);
  return String(Reflect.get(Object(resource), 'id'));
}
