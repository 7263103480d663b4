import { connect } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Problem, signIn } from '@valetkey/contracts';
import { HttpServer } from '../src/http/http-server.ts';
import { sendRaw } from './send-raw.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';

let gateway: TestGateway;
let url: string;

beforeAll(async () => {
  gateway = await startGateway({ TRUSTED_PROXIES: '127.0.0.1/32' });
  ({ url } = gateway.module.get(HttpServer));
});
afterAll(async () => {
  await gateway.stop();
});

const protective = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/),
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
};

const host = 'Host: valetkey.example\r\n';
const last = 'Connection: close\r\n';

describe('What is no HTTP', () => {
  it.each([
    ['a header too large', `GET / HTTP/1.1\r\n${host}X: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers_too_large'],
    ['a URL too long', `GET /${'x'.repeat(100_000)} HTTP/1.1\r\n${host}\r\n`, 431, 'headers_too_large'],
    ['a method nobody knows', `BREW / HTTP/1.1\r\n${host}\r\n`, 400, 'malformed'],
    [
      'two lengths',
      `POST /v1/users HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nx`,
      400,
      'malformed',
    ],
    [
      'a length and chunks',
      `POST /v1/users HTTP/1.1\r\n${host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      'malformed',
    ],
    ['a control character', `GET / HTTP/1.1\r\n${host}X: a\x01b\r\n\r\n`, 400, 'malformed'],
    [
      'a chunk without a length',
      `POST /v1/users HTTP/1.1\r\n${host}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
      400,
      'malformed',
    ],
    ['no host', `GET /health/live HTTP/1.1\r\n${last}\r\n`, 400, 'malformed'],
    ['an expectation', `GET /health/live HTTP/1.1\r\n${host}Expect: foo\r\n${last}\r\n`, 417, 'expectation_failed'],
  ])('(%s) is refused as all else is', async (_what, request, status, code) => {
    const answer = await sendRaw(url, request);
    expect(answer).toMatchObject({ status, problem: { status, code } });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      ...protective,
      'content-type': 'application/problem+json; charset=utf-8',
      'x-request-id': answer.problem.requestId,
      connection: 'close',
    });
    expect(answer.problem.requestId).toMatch(/^[0-9a-f-]{36}$/);
    if (status === 400) expect(answer.problem.errors).toEqual([{ pointer: '', detail: expect.any(String) }]);
  });

  it('yet, and does not become it in time, is refused', async () => {
    const { server } = gateway.fastify;
    // As Node says it, which looks at its connections twice a minute.
    const timedOut = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    server.once('connection', (socket) => socket.once('data', () => server.emit('clientError', timedOut, socket)));
    const answer = await sendRaw(url, 'GET / HTTP/1.1\r\nX-Slow');
    expect(answer).toMatchObject({ status: 408, problem: { code: 'request_timeout' } });
  });

  it('is counted', async () => {
    const text = await gateway.metrics.registry.metrics();
    expect(text).toMatch(/valetkey_http_requests_total\{method="unknown",route="unknown",status="431"\} \d/);
  });

  it('is refused also of who does not stay for the answer', async () => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write('BREW / HTTP/1.1\r\n\r\n');
    socket.resetAndDestroy();
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  });

  it('comes from an old client that names no host, which is well', async () => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write('GET /health/live HTTP/1.0\r\n\r\n');
    const answer = String(await once(socket, 'data'));
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
  });
});

describe('Every answer that is not of an introspection', () => {
  it.each([
    ['GET', '/health/live', 200],
    ['GET', '/v1/nothing', 404],
    ['GET', '/v1/%ff', 404],
    ['PUT', '/v1/session', 405],
    ['GET', '/v1/forward-auth', 401],
    ['GET', '/oauth/revoke', 405],
  ] as const)('(%s %s) protects browsers from what others might make of it', async (method, path, status) => {
    const answer = await gateway.fastify.inject({ method, url: path });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers).toMatchObject(protective);
  });
});

describe('A method', () => {
  it.each(['QUERY', 'PURGE', 'PROPFIND', 'OPTIONS', 'TRACE'])('%s is refused with those there are', async (method) => {
    const raw = await sendRaw(url, `${method} /v1/session HTTP/1.1\r\n${host}${last}\r\n`);
    expect(raw).toMatchObject({ status: 405, problem: { code: 'method_not_allowed' } });
    expect(raw.headers.get('allow')).toBe('DELETE, GET, HEAD, PATCH');
  });
});

describe('A body with a number that no double holds', () => {
  it.each(['{"email": 1e999}', '{"email": ["x", {"y": -1e999}]}'])('%s is malformed', async (payload) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await gateway.fastify.inject({ method: 'POST', url: '/v1/sessions', headers, payload });
    expect(answer.statusCode).toBe(400);
    expect(Problem.parse(answer.json()).errors).toMatchObject([{ pointer: expect.stringMatching(/^\/email/) }]);
    expect(gateway.asked.filter(({ contract }) => contract === signIn)).toEqual([]);
  });
});

describe('Readiness', () => {
  it('that is not there says when to ask again', async () => {
    const away = await gateway.fastify.inject({ url: '/health/ready' });
    expect(away.statusCode).toBe(503);
    expect(away.headers['retry-after']).toBe('1');
  });
});
