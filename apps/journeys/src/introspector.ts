import { Introspection } from '@valetkey/contracts';
import { Client } from './client.ts';
import { registerServer } from './operator.ts';

/** Asks, as another team's service, what a credential is good for: at the client's gateway, or at another. */
export type Introspect = (credential: Client, gatewayUrl?: string) => Promise<Introspection>;

/** Registers the service with platform staff. */
export async function introspectorOf(operator: Client): Promise<Introspect> {
  const { clientId, secret } = await registerServer(operator, 'Devices');
  const headers = {
    authorization: `Basic ${btoa(`${clientId}:${secret}`)}`,
    'content-type': 'application/x-www-form-urlencoded',
  };
  return async (credential, gatewayUrl = credential.baseUrl) => {
    const body = new URLSearchParams({ token: credential.secret ?? '' }).toString();
    const answer = await new Client(gatewayUrl).call('POST', '/oauth/introspect', { headers, body });
    return Introspection.parse(answer.body);
  };
}
