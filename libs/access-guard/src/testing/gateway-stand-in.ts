import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

export interface AskedOfGateway {
  token: string | undefined;
  clientAddress: string | undefined;
  authorization: string | undefined;
  cacheControl: string | undefined;
}

/** A server that answers introspections as it is told, in the gateway's place. */
export class GatewayStandIn {
  /** What it was asked so far. */
  readonly asked: AskedOfGateway[] = [];
  /** What it answers about a token; others are inactive. */
  readonly answers = new Map<string, unknown>();
  /** When set it fails with this status. */
  failWith: number | undefined;
  /** It has read the state of the token by now, and answers once this is over. */
  beforeAnswering: () => Promise<unknown> = async () => undefined;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async start(): Promise<GatewayStandIn> {
    const gateway = new GatewayStandIn();
    gateway.server.listen(0, '127.0.0.1');
    await once(gateway.server, 'listening');
    return gateway;
  }

  get url(): string {
    const address = this.server.address();
    return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(request));
    const token = form.get('token') ?? undefined;
    const { authorization, 'cache-control': cacheControl } = request.headers;
    this.asked.push({ token, clientAddress: form.get('client_address') ?? undefined, authorization, cacheControl });
    const answer = this.answers.get(token ?? '') ?? { active: false };
    await this.beforeAnswering();
    response.writeHead(this.failWith ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }
}
