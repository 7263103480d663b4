import { Introspection } from './introspection.ts';
import { IntrospectionFailedError } from './introspection-failed.error.ts';
import { Turnstile } from './turnstile.ts';

export interface IntrospectorOptions {
  /** e.g. `https://valetkey.internal` */
  gatewayUrl: string;
  /** Of the resource server, as an operator registered it. */
  clientId: string;
  clientSecret: string;
}

const TIMEOUT_MS = 5_000;
/** An event may touch thousands of credentials in use, and losing the bus touches all. */
const MAX_UNDER_WAY = 64;

/** Asks the gateway about credentials (RFC 7662). */
export class Introspector {
  private readonly url: string;
  private readonly authorization: string;
  private readonly turnstile = new Turnstile(MAX_UNDER_WAY);

  constructor({ gatewayUrl, clientId, clientSecret }: IntrospectorOptions) {
    this.url = `${gatewayUrl.replace(/\/+$/, '')}/oauth/introspect`;
    this.authorization = `Basic ${Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`).toString('base64')}`;
  }

  /** @throws IntrospectionFailedError */
  async introspect(token: string, clientAddress?: string): Promise<Introspection> {
    // Waiting for one's turn counts.
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const form = { token, ...(clientAddress && { client_address: clientAddress }) };
    try {
      return await this.turnstile.pass(() => this.post(form, signal));
    } catch (cause) {
      throw new IntrospectionFailedError('the gateway could not be asked about a credential', { cause });
    }
  }

  private async post(form: Record<string, string>, signal: AbortSignal): Promise<Introspection> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        authorization: this.authorization,
        accept: 'application/json',
        // What we keep must not come from what the gateway keeps: an event may have reached us before the gateway.
        'cache-control': 'no-cache',
      },
      body: new URLSearchParams(form),
      redirect: 'error',
      signal,
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`the gateway answered ${response.status}`);
    }
    return Introspection.parse(await response.json());
  }
}

/** RFC 6749 §2.3.1: both parts of Basic credentials are form-encoded. */
function formEncoded(value: string): string {
  return new URLSearchParams({ '': value }).toString().slice(1);
}
