import type { Health } from './health.ts';
import type { Metrics } from './metrics.ts';

/** What there is to tell of a process. */
export interface Sources {
  readonly health: Health;
  readonly metrics: Metrics;
}

interface Answer {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const ROUTES = new Map<string, (sources: Sources) => Answer | Promise<Answer>>([
  ['GET /health/live', () => json(200, { status: 'ok' })],
  ['GET /health/ready', ready],
  ['GET /metrics', exposition],
]);

/** The answer to a request line such as `GET /metrics`. Never rejects: a metric that cannot be collected is a 500. */
export async function answerManagement(request: string, sources: Sources): Promise<Answer> {
  const route = ROUTES.get(request.replace(/\?.*$/, ''));
  if (!route) return json(404, { status: 'not found' });
  try {
    return await route(sources);
  } catch {
    return json(500, { status: 'error' });
  }
}

async function ready({ health }: Sources): Promise<Answer> {
  const { status, away } = await health.report();
  return status === 'ok' ? json(200, { status }) : json(503, { status, away }, { 'retry-after': '1' });
}

/** Prometheus' text format. */
async function exposition({ metrics: { registry } }: Sources): Promise<Answer> {
  return { status: 200, headers: { 'content-type': registry.contentType }, body: await registry.metrics() };
}

function json(status: number, body: unknown, headers: Answer['headers'] = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
