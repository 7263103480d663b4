import { z } from 'zod';
import { eventually } from './eventually.ts';
import type { Platform } from './start-platform.ts';

const Problem = z.object({ code: z.string() });
const Opened = z.object({
  session: z.object({ id: z.string(), account: z.object({ id: z.string(), name: z.string() }).optional() }),
  secret: z.string(),
});

export interface Answer {
  status: number;
  /** The body, if there is one. */
  body: unknown;
  /** The problem's code, if it is one. */
  code?: string;
  headers: Headers;
}

interface Call {
  /** Sent as JSON, but text and bytes as they are. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** An HTTP client of a gateway, signed in or not. */
export class Client {
  constructor(
    readonly baseUrl: string,
    readonly secret?: string,
    readonly userAgent = 'journey',
  ) {}

  async call(method: string, path: string, { body, headers }: Call = {}): Promise<Answer> {
    const response = await fetch(this.baseUrl + path, {
      method,
      headers: {
        'user-agent': this.userAgent,
        ...(this.secret !== undefined && { authorization: `Bearer ${this.secret}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && {
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      }),
    });
    const text = await response.text();
    const isJson = /[/+]json$/.test(response.headers.get('content-type')?.split(';')[0] ?? '');
    const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : text;
    const code = Problem.safeParse(parsed).data?.code;
    return { status: response.status, body: parsed, ...(code !== undefined && { code }), headers: response.headers };
  }

  /** The same caller at another gateway. */
  at(baseUrl: string): Client {
    return new Client(baseUrl, this.secret, this.userAgent);
  }

  /** A caller with the session that a login token opens. */
  async redeem(token: string, userAgent = 'technician'): Promise<Client> {
    const client = new Client(this.baseUrl, undefined, userAgent);
    const answer = await client.call('POST', '/v1/sessions/login-token', { body: { token } });
    return new Client(this.baseUrl, opened(answer).secret, userAgent);
  }
}

export function opened(answer: Answer): z.infer<typeof Opened> {
  if (answer.status !== 201)
    throw new Error(`Opening a session answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return Opened.parse(answer.body);
}

export interface Owner extends Client {
  readonly accountId: string;
  /** `/v1/accounts/<accountId>` */
  readonly path: string;
}

export interface Person {
  email: string;
  password: string;
  name: string;
}

export function person(email: string): Person {
  return {
    email,
    password: `${email} likes valet keys`.replaceAll(/[@.]/g, ' ').split(' ').reverse().join('-'),
    name: 'Olivia',
  };
}

/** Where clients come in, and mail comes out. */
type Reachable = Pick<Platform, 'gatewayUrls' | 'mailbox'>;

/** Signs up, confirms the address from the mail, and signs in: an owner in an account of their own. */
export async function ownerOf(platform: Reachable, accountName: string, who: Person): Promise<Client & Owner> {
  const anyone = new Client(platform.gatewayUrls[0] ?? '');
  const { status, body } = await untilAnswered(anyone, '/v1/users', { ...who, accountName });
  if (status !== 202) throw new Error(`Signing up answered ${status}: ${JSON.stringify(body)}`);
  const token = await mailedSecret(platform, who.email, 'vkv');
  await anyone.call('POST', '/v1/email-verifications', { body: { token, password: who.password } });
  return signedIn(platform, who);
}

/** What a POST is answered: on a busy machine a platform that has only just started may ask to come again. */
export async function untilAnswered(client: Client, path: string, body: object): Promise<Answer> {
  return eventually(`POST ${path} is answered`, async () => {
    const answer = await client.call('POST', path, { body });
    return answer.status === 503 ? undefined : answer;
  });
}

export async function signedIn(platform: Reachable, { email, password }: Person): Promise<Client & Owner> {
  const baseUrl = platform.gatewayUrls[0] ?? '';
  const answer = await new Client(baseUrl).call('POST', '/v1/sessions', { body: { email, password } });
  const { secret, session } = opened(answer);
  const accountId = session.account?.id ?? '';
  return Object.assign(new Client(baseUrl, secret), { accountId, path: `/v1/accounts/${accountId}` });
}

/** The secret in a mail to this address. */
export async function mailedSecret({ mailbox }: Reachable, email: string, prefix: string): Promise<string> {
  const pattern = new RegExp(`${prefix}_[0-9A-Za-z]{49}`);
  const mail = await mailbox.waitFor(
    ({ to, text }) => (to?.some(({ address }) => address === email) ?? false) && pattern.test(text ?? ''),
    { timeoutMs: 10_000 },
  );
  return pattern.exec(mail.text ?? '')?.[0] ?? '';
}
