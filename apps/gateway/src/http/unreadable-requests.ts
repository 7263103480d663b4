import { type IncomingMessage, ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ProblemCode } from '@valetkey/contracts';
import type { Logger, Metrics } from '@valetkey/observability';
import { type BareRefusal, bareRefusal } from './bare-refusal.ts';

/** How long a client that still sends may go on, so that it gets to read the answer (RFC 9112 §9.6). */
const LINGER_MS = 1_000;

/** How Node names what it cannot read, where that is not just malformed. */
const refusals: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'payload_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};

/** Refuses what Node's parser does not take for HTTP, and what Node would refuse by itself, as all else is refused. */
export class UnreadableRequests {
  constructor(
    private readonly metrics: Metrics,
    private readonly logger: Logger,
  ) {}

  /** For a server's `clientError`: said once of a connection, unless another answer has begun on it. */
  readonly refuse = (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || isBeingAnswered(socket)) return void socket.destroy();
    // What comes after the refusal is read by nobody.
    if (!socket.writable) return;
    const refusal = bareRefusal(refusals[error.code ?? ''] ?? 'malformed');
    socket.end(messageOf(refusal));
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
    this.record(refusal, error.code);
  };

  /** For a server's `checkExpectation`: none is met but `100-continue` (RFC 9110 §10.1.1). */
  readonly refuseExpectation = (_request: IncomingMessage, response: ServerResponse): void => {
    const refusal = bareRefusal('expectation_failed');
    response.writeHead(refusal.status, refusal.headers).end(refusal.body);
    this.record(refusal, 'expectation');
  };

  private record({ status, requestId }: BareRefusal, reason: string | undefined): void {
    const labels = { method: 'unknown', route: 'unknown', status };
    this.metrics.recordHttpRequest(labels, 0);
    this.logger.info({ ...labels, reason, requestId }, 'answered');
  }
}

/** As Node's own handler asks; nothing else tells what a connection is busy with. */
function isBeingAnswered(socket: Socket): boolean {
  const answer: unknown = Reflect.get(socket, '_httpMessage');
  return answer instanceof ServerResponse && answer.headersSent;
}

function messageOf({ status, headers, body }: BareRefusal): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`;
}
