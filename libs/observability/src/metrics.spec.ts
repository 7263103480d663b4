import { describe, expect, test } from '@jest/globals';
import { Metrics } from './index.ts';

async function linesOf(metrics: Metrics, name: string): Promise<string[]> {
  const text = await metrics.registry.metrics();
  return text.split('\n').filter((line) => line.startsWith(name));
}

describe('The metrics of a process', () => {
  test('count and time its requests and bus calls alike', async () => {
    const metrics = new Metrics();
    metrics.recordBusCall({ direction: 'asked', subject: 'tokens.v1.session.end', outcome: 'ok' }, 0.02);
    metrics.recordBusCall({ direction: 'asked', subject: 'tokens.v1.session.end', outcome: 'ok' }, 0.3);
    const labels = 'direction="asked",subject="tokens.v1.session.end",outcome="ok"';
    expect(await linesOf(metrics, 'valetkey_bus_calls_total')).toEqual([`valetkey_bus_calls_total{${labels}} 2`]);
    expect(await linesOf(metrics, 'valetkey_bus_call_duration_seconds_bucket{le="0.025"')).toEqual([
      `valetkey_bus_call_duration_seconds_bucket{le="0.025",${labels}} 1`,
    ]);
    expect(await linesOf(metrics, 'valetkey_bus_call_duration_seconds_count')).toEqual([
      `valetkey_bus_call_duration_seconds_count{${labels}} 2`,
    ]);
  });

  test('tell a gauge only once it is known', async () => {
    const metrics = new Metrics();
    expect(await linesOf(metrics, 'valetkey_guard_trusting')).toEqual([]);
    let trusts = false;
    metrics.tellTrust(() => trusts);
    expect(await linesOf(metrics, 'valetkey_guard_trusting')).toEqual(['valetkey_guard_trusting 0']);
    trusts = true;
    expect(await linesOf(metrics, 'valetkey_guard_trusting')).toEqual(['valetkey_guard_trusting 1']);
  });

  test('count look-ups of each cache once, however often they are told', async () => {
    const metrics = new Metrics();
    const count = metrics.lookUpsIn('credentials');
    metrics.lookUpsIn('access')('miss');
    count('hit');
    count('hit');
    await linesOf(metrics, 'valetkey_guard_cache_total');
    count('hit');
    const lines = await linesOf(metrics, 'valetkey_guard_cache_total');
    expect(lines.sort()).toEqual([
      'valetkey_guard_cache_total{cache="access",result="miss"} 1',
      'valetkey_guard_cache_total{cache="credentials",result="hit"} 3',
    ]);
  });

  test("hold a service's own instruments", async () => {
    const metrics = new Metrics();
    const mails = metrics.counter({ name: 'mails_total', help: 'Mails', labelNames: ['outcome'] });
    mails.inc({ outcome: 'sent' });
    metrics.gauge({ name: 'queue', help: 'Waiting', labelNames: ['kind'] }).set({ kind: 'mail' }, 3);
    expect(await linesOf(metrics, 'valetkey_mails_total')).toEqual(['valetkey_mails_total{outcome="sent"} 1']);
    expect(await linesOf(metrics, 'valetkey_queue')).toEqual(['valetkey_queue{kind="mail"} 3']);
  });

  test('include memory and the lag of the event loop, and are documented', async () => {
    const metrics = new Metrics();
    const described = await metrics.registry.getMetricsAsJSON();
    const names = described.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'process_resident_memory_bytes',
        'nodejs_eventloop_lag_p99_seconds',
        'valetkey_http_requests_total',
        'valetkey_http_request_duration_seconds',
        'valetkey_bus_calls_total',
        'valetkey_bus_call_duration_seconds',
        'valetkey_outbox_unsent',
        'valetkey_outbox_lag_seconds',
        'valetkey_outbox_published_total',
        'valetkey_guard_cache_total',
        'valetkey_guard_trusting',
        'valetkey_consumer_handled_total',
      ]),
    );
    expect(described.every(({ help }) => help.length > 0)).toBe(true);
  });

  test('of one process are not mixed with those of another in it', async () => {
    const [one, other] = [new Metrics(), new Metrics()];
    one.outboxPublished.inc(5);
    expect(await linesOf(other, 'valetkey_outbox_published_total')).toEqual(['valetkey_outbox_published_total 0']);
  });
});
