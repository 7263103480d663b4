import { z } from 'zod';
import { port, url } from './variable-types.ts';

/** What a service tells of itself, and where. */
export const observabilityVariables = {
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('The least severe level that is logged: fatal, error, warn, info, debug, trace or silent'),
  LOG_FORMAT: z.enum(['json', 'pretty']).default('json').describe('json: one object a line; pretty: for people'),
  MANAGEMENT_PORT: port
    .default(9090)
    .describe('The port of /health/live, /health/ready and /metrics; 0 for a free one'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url('http', 'https')
    .optional()
    .describe('An OpenTelemetry collector (OTLP over HTTP); spans are recorded only if it is set'),
};
