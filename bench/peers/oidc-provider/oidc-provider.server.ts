/** RFC 7662 introspection of opaque access tokens that oidc-provider made and keeps in memory. */
import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import MemoryAdapter from 'oidc-provider/lib/adapters/memory_adapter.js';
import { announce } from '../../harness/child-server.ts';

const [tokensPath = '', count = '0', clientId = '', clientSecret = ''] = process.argv.slice(2);

/** Its own in-memory adapter over a plain map: the store it brings forgets all but the last 1,000 to 2,000 entries. */
const store = new Map<string, unknown>();

const provider = new Provider('http://127.0.0.1', {
  adapter: (model: string) => new MemoryAdapter(model, store),
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: ['https://client.example/callback'],
      token_endpoint_auth_method: 'client_secret_basic',
    },
  ],
  features: { introspection: { enabled: true }, devInteractions: { enabled: false } },
  jwks: { keys: [generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })] },
  ttl: { AccessToken: 24 * 60 * 60, Grant: 24 * 60 * 60 },
});

await writeFile(tokensPath, (await Promise.all(Array.from({ length: Number(count) }, issue))).join('\n'));
const server = createServer(provider.callback()).listen(0, '127.0.0.1', () => {
  announce({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});

/** A user's access token under a grant, as the authorization code flow leaves it. */
async function issue(): Promise<string> {
  const client = await provider.Client.find(clientId);
  if (!client) throw new Error('The client is not registered');
  const accountId = crypto.randomUUID();
  const grant = new provider.Grant({ clientId, accountId });
  grant.addOIDCScope('openid');
  const token = new provider.AccessToken({
    accountId,
    client,
    grantId: await grant.save(),
    gty: 'authorization_code',
    scope: 'openid',
    sessionUid: crypto.randomUUID(),
  });
  return token.save();
}
