import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Health } from './health.ts';
import { answerManagement } from './management-routes.ts';
import type { Metrics } from './metrics.ts';

export interface ManagementServerOptions {
  /** 0 for a free one. */
  readonly port: number;
  /** All interfaces unless given. */
  readonly host?: string;
  readonly health: Health;
  readonly metrics: Metrics;
}

export interface ManagementServer {
  /** The port it listens on. */
  readonly port: number;
  /** Stops listening, and resolves once the requests in flight are answered. */
  close(): Promise<void>;
}

/**
 * Serves what orchestrators and Prometheus ask, on a port of its own that is not for the public: `GET /health/live` (200
 * while the process runs), `GET /health/ready` (200, or 503 with the names of what is away) and `GET /metrics`. Anything
 * else is 404.
 *
 * @throws the system's error, such as EADDRINUSE, if it cannot listen.
 */
export async function startManagementServer(options: ManagementServerOptions): Promise<ManagementServer> {
  const server = createServer(async (request, response) => {
    const { status, type, body } = await answerManagement(`${request.method} ${request.url}`, options);
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  return { port: portOf(server), close: () => close(server) };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
