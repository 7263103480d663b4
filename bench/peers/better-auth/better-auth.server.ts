/** `verifyApiKey` and `getSession`, each behind one route, as a service that uses Better Auth would expose them. */
import { betterAuth } from 'better-auth';
import { fromNodeHeaders } from 'better-auth/node';
import Fastify from 'fastify';
import { announce } from '../../harness/child-server.ts';
import { betterAuthOptions } from './options.ts';

const auth = betterAuth(betterAuthOptions(process.argv[2] ?? ''));
const server = Fastify();
server.post<{ Body: { key: string } }>('/verify', ({ body }) => auth.api.verifyApiKey({ body: { key: body.key } }));
server.get('/session', ({ headers }) => auth.api.getSession({ headers: fromNodeHeaders(headers) }));
announce({ url: await server.listen({ port: 0, host: '127.0.0.1' }) });
