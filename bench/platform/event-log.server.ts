/** The durable subscriber of {@link startEventLog}: notes every event, and says by HTTP which it has. */
import { type AccessEvent, connectAccessEvents, subscribe } from '@valetkey/access-events';
import Fastify from 'fastify';
import { announce } from '../harness/child-server.ts';
import { monotonicMs } from '../harness/monotonic.ts';
import type { ReceivedEvent } from './event-log.ts';

const { durable, ...login } = JSON.parse(process.env['BENCH_NATS'] ?? '{}');
const connection = await connectAccessEvents({ ...login, name: 'bench' });
const received = new Map<string, ReceivedEvent>();

subscribe({
  connection,
  durable,
  handle: async (events: readonly AccessEvent[]) => {
    const at = monotonicMs();
    for (const { id, requestid: requestId } of events) if (!received.has(id)) received.set(id, { id, requestId, at });
    return { duplicates: 0 };
  },
});

const matching = (requestId: string): ReceivedEvent[] =>
  [...received.values()].filter((event) => event.requestId.startsWith(requestId));

const server = Fastify();
server.get<{ Querystring: { requestId: string } }>('/count', ({ query }) =>
  Promise.resolve(matching(query.requestId).length),
);
server.get<{ Querystring: { requestId: string } }>('/events', ({ query }) =>
  Promise.resolve(matching(query.requestId)),
);
announce({ url: await server.listen({ port: 0, host: '127.0.0.1' }) });
