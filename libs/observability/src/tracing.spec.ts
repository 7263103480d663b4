import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { parseTraceparent, runInSpan, startTracing } from './index.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const INCOMING = `00-${TRACE}-${SPAN}-01`;
const SECRET = `vks_${'aB3'.repeat(17)}`;

/** The part of an OTLP export (JSON over HTTP) that is looked at here. */
const Export = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(z.object({ key: z.string(), value: z.unknown() })) }),
      scopeSpans: z.array(z.object({ spans: z.array(z.looseObject({ name: z.string() })) })),
    }),
  ),
});

describe('Tracing that is off', () => {
  test('passes the trace on under a new span, and gives back what the work gives', async () => {
    const tracing = await startTracing({ service: 'tokens' });
    const outgoing = runInSpan('redeem', { traceparent: INCOMING }, (traceparent) => traceparent);
    expect(parseTraceparent(outgoing)).toMatchObject({ traceId: TRACE, flags: '01' });
    expect(outgoing).not.toContain(SPAN);
    await expect(runInSpan('redeem', {}, (traceparent) => Promise.resolve(traceparent))).resolves.toMatch(/^00-/);
    await tracing.shutdown();
  });

  test('lets errors through', () => {
    const failing = () =>
      runInSpan('redeem', {}, () => {
        throw new Error('failed');
      });
    expect(failing).toThrow('failed');
  });
});

describe('Tracing to a collector', () => {
  const exports: z.infer<typeof Export>[] = [];
  let collector: Server;
  let endpoint: string;

  beforeAll(async () => {
    collector = createServer((request, response) => {
      const receive = (body: unknown) => {
        if (request.url === '/v1/traces') exports.push(Export.parse(body));
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      };
      void json(request).then(receive);
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const address = z.object({ port: z.number() }).parse(collector.address());
    endpoint = `http://127.0.0.1:${address.port}/`;
  });

  afterAll(async () => {
    collector.close();
    collector.closeAllConnections();
    await once(collector, 'close');
  });

  test('records spans under the incoming one, with their errors and without secrets', async () => {
    const tracing = await startTracing({ service: 'tokens', endpoint });
    const outgoing = await runInSpan('redeem', { traceparent: INCOMING, attributes: { 'x.y': 1 } }, (traceparent) => {
      runInSpan('look up', {}, () => undefined);
      return Promise.resolve(traceparent);
    });
    const rejecting = runInSpan('reject', {}, () => Promise.reject(new Error(`no ${SECRET}`)));
    await expect(rejecting).rejects.toThrow(SECRET);
    await tracing.shutdown();

    const spans = exports.flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans)),
    );
    const spanId = parseTraceparent(outgoing)?.spanId;
    expect(spans.find(({ name }) => name === 'redeem')).toMatchObject({ traceId: TRACE, spanId, parentSpanId: SPAN });
    expect(spans.find(({ name }) => name === 'look up')).toMatchObject({ traceId: TRACE, parentSpanId: spanId });
    expect(spans.find(({ name }) => name === 'reject')).toMatchObject({
      status: { code: 2, message: 'no [Redacted]' },
    });
    expect(JSON.stringify(exports)).not.toContain(SECRET);
    expect(exports[0]?.resourceSpans[0]?.resource.attributes).toContainEqual({
      key: 'service.name',
      value: { stringValue: 'tokens' },
    });
  });

  test('sends nothing more once it has ended', async () => {
    const before = exports.length;
    expect(runInSpan('late', { traceparent: INCOMING }, (traceparent) => traceparent)).toContain(TRACE);
    expect(exports).toHaveLength(before);
  });
});
