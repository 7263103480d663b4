/**
 * The ceiling: Fastify answering a POST of an introspection's sizes with no work at all. It does not even parse the
 * form; the answer is serialised for each request, as any answer is.
 */
import Fastify from 'fastify';
import { announce } from '../harness/child-server.ts';

const answer: unknown = JSON.parse(process.argv[2] ?? '{}');
const server = Fastify();
server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
  done(null, body),
);
server.post('/oauth/introspect', () => Promise.resolve(answer));
announce({ url: await server.listen({ port: 0, host: '127.0.0.1' }) });
