import { type Answer, Client, type Person } from './client.ts';

interface Cookie {
  value: string;
  /** As they were set, in alphabetical order. */
  attributes: string[];
  /** Absent for a cookie of the host alone that set it. */
  domain?: string;
}

/** A browser as far as cookies go: it keeps what it is told to, and hands it to the hosts it is for (RFC 6265 §5). */
export class Browser {
  readonly cookies = new Map<string, Cookie>();
  private readonly client: Client;

  constructor(
    /** Where the gateway is reached. */
    gatewayUrl: string,
    /** The gateway's host, as the browser knows it. */
    private readonly host: string,
  ) {
    this.client = new Client(gatewayUrl, undefined, 'browser');
  }

  /** Signs in by cookie, with a password or by what a login token opens. */
  async signIn(by: Pick<Person, 'email' | 'password'> | { token: string }): Promise<Answer> {
    const path = 'token' in by ? '/v1/sessions/login-token' : '/v1/sessions';
    const body = 'token' in by ? { token: by.token } : { email: by.email, password: by.password };
    return this.keep(await this.client.call('POST', path, { body: { ...body, cookie: true } }));
  }

  /** From a page of the gateway's own. */
  async call(method: string, path: string): Promise<Answer> {
    const headers = { cookie: this.cookiesFor(this.host), 'sec-fetch-site': 'same-origin' };
    return this.keep(await this.client.call(method, path, { headers }));
  }

  /** What a request to a host carries as its `Cookie`. */
  cookiesFor(host: string): string {
    const isFor = ({ domain }: Cookie) =>
      domain === undefined ? host === this.host : host === domain || host.endsWith(`.${domain}`);
    return [...this.cookies].flatMap(([name, cookie]) => (isFor(cookie) ? [`${name}=${cookie.value}`] : [])).join('; ');
  }

  private keep(answer: Answer): Answer {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = pair.split('=');
      const [, domain] = /; Domain=([^;]+)/.exec(line) ?? [];
      if (line.includes('Expires=Thu, 01 Jan 1970')) this.cookies.delete(name);
      else this.cookies.set(name, { value, attributes: attributes.sort(), ...(domain !== undefined && { domain }) });
    }
    return answer;
  }
}
