import { collectDefaultMetrics } from 'prom-client';
import { Instruments } from './instruments.ts';

/** A request answered over HTTP. The route is its template, e.g. `/v1/accounts/:accountId`, never the path. */
export interface HttpRequestLabels {
  readonly method: string;
  readonly route: string;
  readonly status: number;
}

/** A call over the bus. The outcome is `ok` or the error's code. */
export interface BusCallLabels {
  readonly direction: 'served' | 'asked';
  readonly subject: string;
  readonly outcome: string;
}

/** How a look-up in a cache ended. */
export type LookUp = 'hit' | 'miss' | 'stale';

/** What one process tells Prometheus. Its own instruments begin with `valetkey_`; those of Node keep their known names. */
export class Metrics extends Instruments {
  private readonly httpRequests = this.counter({
    name: 'http_requests_total',
    help: 'Requests answered over HTTP',
    labelNames: ['method', 'route', 'status'],
  });
  private readonly httpSeconds = this.histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to its answer over HTTP',
    labelNames: ['method', 'route', 'status'],
  });
  private readonly busCalls = this.counter({
    name: 'bus_calls_total',
    help: 'Calls over the bus, served or asked, by outcome: ok or the code of the error',
    labelNames: ['direction', 'subject', 'outcome'],
  });
  private readonly busSeconds = this.histogram({
    name: 'bus_call_duration_seconds',
    help: 'Time from a call over the bus to its answer',
    labelNames: ['direction', 'subject', 'outcome'],
  });

  readonly outboxUnsent = this.gauge({ name: 'outbox_unsent', help: 'Events committed and not yet sent' });
  readonly outboxLag = this.gauge({ name: 'outbox_lag_seconds', help: 'Age of the oldest event not yet sent' });
  readonly outboxPublished = this.counter({ name: 'outbox_published_total', help: 'Events the stream acknowledged' });

  private readonly guardCache = this.counter({
    name: 'guard_cache_total',
    help: 'Look-ups in what a guard keeps, by result: hit, miss or stale',
    labelNames: ['cache', 'result'],
    collect: () => this.lookUps.forEach((tell) => tell()),
  });
  private readonly guardTrusting = this.gauge({
    name: 'guard_trusting',
    help: '1 while a guard trusts what it keeps, else 0',
    collect: () => {
      if (this.trusts) this.guardTrusting.set(this.trusts() ? 1 : 0);
    },
  });

  readonly consumerHandled = this.counter({
    name: 'consumer_handled_total',
    help: 'Events a durable consumer was given, by outcome: handled, duplicate, retried or parked',
    labelNames: ['durable', 'outcome'],
  });

  private readonly lookUps: (() => void)[] = [];
  private trusts?: () => boolean;

  constructor() {
    super();
    collectDefaultMetrics({ register: this.registry });
  }

  recordHttpRequest(labels: HttpRequestLabels, seconds: number): void {
    this.httpRequests.inc({ ...labels });
    this.httpSeconds.observe({ ...labels }, seconds);
  }

  recordBusCall(labels: BusCallLabels, seconds: number): void {
    this.busCalls.inc({ ...labels });
    this.busSeconds.observe({ ...labels }, seconds);
  }

  /** Counts look-ups in a cache: in plain numbers until the next scrape, for it is called with each verification. */
  lookUpsIn(cache: string): (result: LookUp) => void {
    const counts: Record<LookUp, number> = { hit: 0, miss: 0, stale: 0 };
    this.lookUps.push(() => {
      for (const result of ['hit', 'miss', 'stale'] as const) {
        if (counts[result] > 0) this.guardCache.inc({ cache, result }, counts[result]);
        counts[result] = 0;
      }
    });
    return (result) => {
      counts[result] += 1;
    };
  }

  /** Says with each scrape whether a guard trusts what it keeps. */
  tellTrust(trusts: () => boolean): void {
    this.trusts = trusts;
  }
}
