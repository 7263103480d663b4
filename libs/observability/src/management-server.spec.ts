import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Health, type ManagementServer, Metrics, startManagementServer } from './index.ts';

describe('The management server', () => {
  let health: Health;
  let metrics: Metrics;
  let server: ManagementServer;

  beforeEach(async () => {
    health = new Health();
    metrics = new Metrics();
    server = await startManagementServer({ port: 0, host: '127.0.0.1', health, metrics });
  });

  afterEach(() => server.close());

  const get = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${server.port}${path}`, { method });

  test('says that the process lives, whatever is away', async () => {
    health.register('bus', () => Promise.reject(new Error('away')));
    const response = await get('/health/live');
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  test('says whether the service is ready, and if not what is away', async () => {
    let away = false;
    health.register('bus', () => (away ? Promise.reject(new Error('away')) : undefined));
    const ready = await get('/health/ready');
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok' }]);
    away = true;
    const unready = await get('/health/ready');
    expect([unready.status, await unready.json()]).toEqual([503, { status: 'unavailable', away: ['bus'] }]);
    expect(unready.headers.get('retry-after')).toBe('1');
  });

  test('shows the metrics', async () => {
    metrics.recordHttpRequest({ method: 'GET', route: '/v1/users/me', status: 200 }, 0.003);
    const response = await get('/metrics?from=prometheus');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await response.text()).toContain(
      'valetkey_http_requests_total{method="GET",route="/v1/users/me",status="200"} 1',
    );
  });

  test('answers 500, and lives on, if a metric cannot be collected', async () => {
    const broken = () => {
      throw new Error('broken');
    };
    metrics.gauge({ name: 'broken', help: 'Cannot be collected', collect: broken });
    const response = await get('/metrics');
    expect([response.status, await response.json()]).toEqual([500, { status: 'error' }]);
    expect((await get('/health/live')).status).toBe(200);
  });

  test.each([
    ['/', 'GET'],
    ['/health', 'GET'],
    ['/health/live/', 'GET'],
    ['/metrics', 'POST'],
    ['/__proto__', 'GET'],
  ])('knows nothing of %s by %s', async (path, method) => {
    expect((await get(path, method)).status).toBe(404);
  });

  test('says so if its port is taken', async () => {
    const second = startManagementServer({ port: server.port, host: '127.0.0.1', health, metrics });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
