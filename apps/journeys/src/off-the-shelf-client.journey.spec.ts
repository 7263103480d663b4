import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as oauth from 'oauth4webapi';
import { type Client, type Owner, ownerOf, person } from './client.ts';
import { lend } from './lending.ts';
import { operatorOf, registerServer } from './operator.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const issuer = new URL('https://valetkey.example');
/** The client insists on TLS, which ends at a proxy before the gateway. */
const byProxy = {
  [oauth.customFetch]: (url: string, request: RequestInit) =>
    fetch(url.replace(issuer.origin, platform.gatewayUrls[0] ?? ''), request),
};
const permissions = [
  { name: 'devices.manage', description: 'Control devices', roles: ['owner', 'manager'] },
  { name: 'devices.view', description: 'See devices', roles: ['owner', 'manager', 'viewer'] },
];

let platform: Platform;
let owner: Owner;
let operator: Client;
let server: oauth.AuthorizationServer;
let client: oauth.Client;
let clientAuthentication: oauth.ClientAuth;

beforeAll(async () => {
  platform = await startPlatform({ gateways: [{ PUBLIC_URL: issuer.origin }] });
  owner = await ownerOf(platform, 'Harbour Cranes', person('ada@harbour.example'));
  operator = await operatorOf(platform);
  await operator.call('PUT', '/v1/operator/permissions', { body: permissions });
  const registered = await registerServer(operator, 'Devices');
  client = { client_id: registered.clientId };
  clientAuthentication = oauth.ClientSecretBasic(registered.secret);
  const discovered = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...byProxy });
  server = await oauth.processDiscoveryResponse(issuer, discovered);
});
afterAll(async () => {
  await platform.stop();
});

async function introspect(token: string, additionalParameters: Record<string, string> = {}, as = clientAuthentication) {
  const response = await oauth.introspectionRequest(server, client, as, token, { additionalParameters, ...byProxy });
  return oauth.processIntrospectionResponse(server, client, response);
}

async function revoke(token: string, as = clientAuthentication): Promise<void> {
  const response = await oauth.revocationRequest(server, client, as, token, byProxy);
  expect(response.status).toBe(200);
  await oauth.processRevocationResponse(response);
}

const seconds = (time: Date) => time.getTime() / 1000;

describe('a resource server with an off-the-shelf client', () => {
  it('discovers where to ask', () => {
    expect(server).toMatchObject({
      issuer: issuer.origin,
      introspection_endpoint: `${issuer.origin}/oauth/introspect`,
      introspection_endpoint_auth_methods_supported: ['client_secret_basic'],
      revocation_endpoint: `${issuer.origin}/oauth/revoke`,
      grant_types_supported: [],
    });
  });

  it('learns exactly what a session of a login token may do', async () => {
    const token = await lend(owner, { name: 'Service visit', role: 'viewer' });
    const { secret = '' } = await owner.redeem(token.secret);
    const iat = seconds(platform.clock.now());
    expect(await introspect(secret)).toEqual({
      active: true,
      token_type: 'session',
      kind: 'login_token',
      sub: `login-token:${token.id}`,
      sid: expect.any(String),
      account_id: owner.accountId,
      scope_type: 'account',
      scope_id: owner.accountId,
      role: 'viewer',
      scope: 'devices.view',
      iat,
      exp: iat + 3600,
    });
  });

  it('learns where a session stands, and what a user may do there', async () => {
    const made = await owner.call('POST', `${owner.path}/organizations`, { body: { name: 'North quay' } });
    const organizationId: unknown = Reflect.get(Object(made.body), 'id');
    await owner.call('PATCH', '/v1/session', { body: { organizationId } });
    const answer = await introspect(owner.secret ?? '');
    expect(answer).toMatchObject({
      active: true,
      kind: 'portal',
      sub: expect.stringMatching(/^user:/),
      organization_id: organizationId,
      role: 'owner',
      scope: 'devices.manage devices.view',
    });
    expect(answer).not.toHaveProperty('act');
  });

  it('learns nothing but that of what is not live', async () => {
    const { secret = '' } = await owner.redeem((await lend(owner, { name: 'Short' })).secret);
    expect(await introspect(secret)).toMatchObject({ active: true });
    await owner.call('DELETE', `${owner.path}/sessions?kind=login_token`);
    for (const token of [secret, 'vks_nonsense', 'anything', (await lend(owner, { name: 'Not a session' })).secret]) {
      expect(await introspect(token)).toEqual({ active: false });
    }
  });

  it('must say from where a token bound to networks was shown, and is told to which it is', async () => {
    const token = await lend(owner, { name: 'On site', allowedCidrs: ['127.0.0.0/8', '2001:db8::/32'] });
    const { secret = '' } = await owner.redeem(token.secret);
    expect(await introspect(secret)).toEqual({ active: false });
    expect(await introspect(secret, { client_address: '198.51.100.7' })).toEqual({ active: false });
    for (const client_address of ['127.0.0.1', '2001:db8::7', '::ffff:127.0.0.1']) {
      expect(await introspect(secret, { client_address })).toMatchObject({
        active: true,
        allowed_cidrs: ['127.0.0.0/8', '2001:db8::/32'],
      });
    }
  });

  it('ends a session for everybody, and may name tokens that it does not know', async () => {
    const session = await owner.redeem((await lend(owner, { name: 'Revoked' })).secret);
    expect((await session.call('GET', '/v1/session')).status).toBe(200);
    await revoke(session.secret ?? '');
    expect(await introspect(session.secret ?? '')).toEqual({ active: false });
    expect((await session.call('GET', '/v1/session')).status).toBe(401);
    await revoke(session.secret ?? '');
    await revoke('of another server');
  });

  it('is refused with other credentials, and with its own once they are rotated', async () => {
    const { clientId, secret } = await registerServer(operator, 'Rotated');
    const asOther = () =>
      oauth.introspectionRequest(server, { client_id: clientId }, oauth.ClientSecretBasic(secret), 'x', byProxy);
    expect((await asOther()).status).toBe(200);
    expect((await operator.call('POST', `/v1/operator/resource-servers/${clientId}/rotate`)).status).toBe(200);
    expect((await asOther()).status).toBe(401);
    const wrong = introspect('x', {}, oauth.ClientSecretBasic('vkx_wrong'));
    await expect(wrong).rejects.toThrow(oauth.WWWAuthenticateChallengeError);
  });
});
