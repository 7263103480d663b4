import type { Question } from '../harness/load/load.ts';

export interface ClientCredentials {
  clientId: string;
  clientSecret: string;
}

/** RFC 7662 with client_secret_basic; the record is the token. Ours, the bare server's and oidc-provider's alike. */
export function introspectionQuestion(client: ClientCredentials, path = '/oauth/introspect'): Question {
  return {
    method: 'POST',
    path,
    headers: {
      Authorization: basic(client),
      'Content-Type': 'application/x-www-form-urlencoded',
      Accept: 'application/json',
    },
    body: 'token={}',
  };
}

/** Form-encoded before it is joined (RFC 6749 §2.3.1). */
export function basic({ clientId, clientSecret }: ClientCredentials): string {
  const pair = [clientId, clientSecret].map(encodeURIComponent).join(':');
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}
