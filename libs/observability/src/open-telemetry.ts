import { isPromise } from 'node:util/types';
import {
  type Context,
  context,
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { Logger } from './logger.ts';
import { redactText } from './redaction.ts';
import { formatTraceparent, parseTraceparent } from './traceparent.ts';
import type { SpanRunner, Tracing, TracingOptions } from './tracing.ts';

type Recording = Tracing & { readonly runInSpan: SpanRunner };

/** Records spans and sends them to a collector. Imported only by startTracing, and only if one is configured. */
export function startOpenTelemetry({ service, endpoint, logger }: TracingOptions & { endpoint: string }): Recording {
  const sdk = new NodeSDK({
    serviceName: service,
    traceExporter: new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }),
    // Metrics go to Prometheus and logs to standard output; left out, the SDK would send both to the collector as well.
    metricReaders: [],
    logRecordProcessors: [],
  });
  sdk.start();
  if (logger) reportTo(logger);
  return { runInSpan, shutdown: () => sdk.shutdown() };
}

const runInSpan: SpanRunner = (name, { traceparent, attributes }, work) =>
  trace.getTracer('valetkey').startActiveSpan(name, { attributes }, contextOf(traceparent), (span) => {
    const { traceId, spanId, traceFlags } = span.spanContext();
    const flags = traceFlags.toString(16).padStart(2, '0');
    return ending(span, () => work(formatTraceparent({ traceId, spanId, flags })));
  });

/** Ends the span when the work is done, be it at once or later, and gives back what the work gave. */
function ending<T>(span: Span, work: () => T): T {
  try {
    const result = work();
    if (isPromise(result)) void endAfter(span, result);
    else span.end();
    return result;
  } catch (error) {
    fail(span, error);
    throw error;
  }
}

/** Never rejects: the error is the caller's, who has the same promise. */
async function endAfter(span: Span, result: Promise<unknown>): Promise<void> {
  try {
    await result;
    span.end();
  } catch (error) {
    fail(span, error);
  }
}

function fail(span: Span, thrown: unknown): void {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const message = redactText(error.message);
  span.recordException({ name: error.name, message, stack: error.stack && redactText(error.stack) });
  span.setStatus({ code: SpanStatusCode.ERROR, message });
  span.end();
}

/** The caller's span as the parent; without one the span around this one, if any. */
function contextOf(traceparent: string | undefined): Context {
  if (traceparent === undefined) return context.active();
  const parent = parseTraceparent(traceparent);
  if (!parent) return ROOT_CONTEXT;
  const { traceId, spanId, flags } = parent;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
  });
}

function reportTo(logger: Logger): void {
  const warn = (message: string) => logger.warn({ component: 'opentelemetry' }, redactText(message));
  diag.setLogger({ error: warn, warn, info: warn, debug: warn, verbose: warn }, DiagLogLevel.WARN);
}
