import type { Logger } from './logger.ts';
import { nextTraceparent } from './traceparent.ts';

export interface SpanOptions {
  /** The W3C `traceparent` that came with the request or event; a new trace is begun if it is malformed or not given. */
  readonly traceparent?: string;
  /** By the names of OpenTelemetry's semantic conventions where there is one. No secrets. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

export interface TracingOptions {
  readonly service: string;
  /** The base URL of an OpenTelemetry collector (OTLP over HTTP), e.g. `http://collector:4318`. Without it no span is recorded. */
  readonly endpoint?: string;
  /** Told when the collector cannot be reached. */
  readonly logger?: Logger;
}

export interface Tracing {
  /** Sends what is still unsent and stops recording. */
  shutdown(): Promise<void>;
}

/** Runs work in a span; gives it the `traceparent` to send on. */
export type SpanRunner = <T>(name: string, options: SpanOptions, work: (traceparent: string) => T) => T;

/** Passes the trace on without recording it. */
const passOn: SpanRunner = (_name, { traceparent }, work) => work(nextTraceparent(traceparent));

let runner = passOn;

/**
 * Begins recording spans in this process, if a collector is configured. OpenTelemetry is loaded only then: it takes some
 * 20 MB that a service without it is spared.
 */
export async function startTracing({ endpoint, ...options }: TracingOptions): Promise<Tracing> {
  if (endpoint === undefined) return { shutdown: () => Promise.resolve() };
  const { startOpenTelemetry } = await import('./open-telemetry.ts');
  const recording = startOpenTelemetry({ endpoint, ...options });
  runner = recording.runInSpan;
  return {
    shutdown: () => {
      runner = passOn;
      return recording.shutdown();
    },
  };
}

/**
 * Runs work in a span and gives it the `traceparent` (W3C Trace Context §3.2) to send on to whatever it calls. The trace
 * of the incoming one is kept. If spans are recorded, an error that work throws, or rejects with, is noted on its span.
 */
export const runInSpan: SpanRunner = (name, options, work) => runner(name, options, work);
