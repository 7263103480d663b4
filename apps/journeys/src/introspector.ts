import { Introspection } from '@valetkey/contracts';
import { type Answer, Client } from './client.ts';
import { registerServer } from './operator.ts';

/** Asks, as another team's service, what a credential is good for: at the client's gateway, or at another. */
export type Introspect = (credential: Client, gatewayUrl?: string) => Promise<Introspection>;

/** Registers the service with platform staff. */
export async function introspectorOf(operator: Client): Promise<Introspect> {
  const { clientId, secret: clientSecret } = await registerServer(operator, 'Devices');
  return async ({ secret = '', baseUrl }, gatewayUrl = baseUrl) =>
    Introspection.parse((await introspectAt(gatewayUrl, secret, { clientId, clientSecret })).body);
}

/** `POST /oauth/introspect` with a resource server's credentials. */
export async function introspectAt(
  gatewayUrl: string,
  token: string,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
): Promise<Answer> {
  const headers = {
    authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
    'content-type': 'application/x-www-form-urlencoded',
  };
  return new Client(gatewayUrl).call('POST', '/oauth/introspect', { headers, body: `token=${token}` });
}
