import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** Answers introspection as the gateway does, from what a test tells it. */
export class StandInGateway {
  readonly clientId = 'devices';
  readonly clientSecret = 'vkx_a-secret';
  /** How often it was asked. */
  asked = 0;
  private readonly active = new Map<string, object>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<StandInGateway> {
    const server = createServer();
    const gateway = new StandInGateway(server);
    server.on('request', (request, response) => void gateway.answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return gateway;
  }

  get url(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  }

  /** From now on the token is good, as the answer says. */
  open(token: string, answer: { sid: string; account_id?: string; organization_id?: string; scope: string }): void {
    const times = { iat: 1_700_000_000, exp: 4_000_000_000 };
    const session = { active: true, token_type: 'session', kind: 'login_token', sub: 'login-token:x', role: 'viewer' };
    this.active.set(token, { ...session, ...times, ...answer });
  }

  end(token: string): void {
    this.active.delete(token);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.asked += 1;
    const form = new URLSearchParams(await text(request));
    const expected = `Basic ${Buffer.from(`${this.clientId}:${this.clientSecret}`).toString('base64')}`;
    const known = request.headers.authorization === expected && request.url === '/oauth/introspect';
    const answer = this.active.get(form.get('token') ?? '') ?? { active: false };
    response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  /** Breaks off what is under way, and answers no more. */
  async stop(): Promise<void> {
    if (!this.server.listening) return;
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}
