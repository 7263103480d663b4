import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerManagement, type Sources } from './management-routes.ts';

export interface ManagementServerOptions extends Sources {
  /** 0 for a free one. */
  readonly port: number;
  /** All interfaces unless given. */
  readonly host?: string;
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
  const server = createServer((request, response) => void answer(request, response, options));
  server.listen(options.port, options.host);
  await once(server, 'listening');
  return { port: portOf(server), close: () => close(server) };
}

async function answer(request: IncomingMessage, response: ServerResponse, sources: Sources): Promise<void> {
  const { method = '', url = '' } = request;
  const { status, headers, body } = await answerManagement(`${method} ${url}`, sources);
  response.writeHead(status, { ...headers, 'cache-control': 'no-store' }).end(body);
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
