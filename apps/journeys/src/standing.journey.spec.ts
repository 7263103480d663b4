import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Organization } from '@valetkey/contracts';
import { Client, type Owner, ownerOf, person } from './client.ts';
import { lend } from './lending.ts';
import { operatorOf } from './operator.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const permissions = [
  { name: 'devices.view', description: 'See devices', roles: ['owner', 'manager', 'viewer'] },
  { name: 'devices.manage', description: 'Control devices', roles: ['owner', 'manager'] },
];

let platform: Platform;
let owner: Owner;
let north: Organization;
let south: Organization;

beforeAll(async () => {
  platform = await startPlatform();
  owner = await ownerOf(platform, 'Harbour Cranes', person('ada@harbour.example'));
  const operator = await operatorOf(platform);
  expect((await operator.call('PUT', '/v1/operator/permissions', { body: permissions })).status).toBe(200);
  north = await organization('North quay');
  south = await organization('South quay');
});
afterAll(async () => {
  await platform.stop();
});

async function organization(name: string): Promise<Organization> {
  platform.clock.advance(1); // the first reachable one is the one made first
  const answer = await owner.call('POST', `${owner.path}/organizations`, { body: { name } });
  return Organization.parse(answer.body);
}

async function technician(fields: object = {}): Promise<Client> {
  const name = `Visit ${platform.clock.now().getTime()}`;
  platform.clock.advance(1);
  return owner.redeem((await lend(owner, { name, ...fields })).secret);
}

const stand = (client: Client, organizationId: string | null) =>
  client.call('PATCH', '/v1/session', { body: { organizationId } });

describe('a technician with a token of the whole account', () => {
  it('lists the organizations and moves from one to another', async () => {
    const client = await technician();
    const listed = await client.call('GET', `${owner.path}/organizations`);
    expect(listed).toMatchObject({ status: 200, body: { items: [{ id: south.id }, { id: north.id }] } });
    for (const { id, name } of [south, north]) {
      expect(await stand(client, id)).toMatchObject({ status: 200, body: { organization: { id, name } } });
      expect(await client.call('GET', '/v1/session')).toMatchObject({ body: { organization: { id, name } } });
    }
    expect((await stand(client, null)).body).not.toHaveProperty('organization');
  });

  it('finds no organization that is not there, and no other account', async () => {
    const client = await technician();
    const stranger = await ownerOf(platform, 'Elsewhere', person('eve@elsewhere.example'));
    expect(await stand(client, stranger.accountId)).toMatchObject({ status: 404, code: 'not_found' });
    const elsewhere = await client.call('PATCH', '/v1/session', { body: { accountId: stranger.accountId } });
    expect(elsewhere).toMatchObject({ status: 404, code: 'not_found' });
  });
});

describe('a technician with a token of one organization', () => {
  it('sees and reaches that one only', async () => {
    const client = await technician({ scope: { type: 'organization', id: south.id } });
    expect(await client.call('GET', '/v1/session')).toMatchObject({ body: { organization: { id: south.id } } });
    const listed = await client.call('GET', `${owner.path}/organizations`);
    expect(listed).toMatchObject({ status: 200, body: { items: [{ id: south.id }], nextCursor: null } });
    expect(await stand(client, north.id)).toMatchObject({ status: 404, code: 'not_found' });
  });
});

describe('a reverse proxy asks before it lets a request through', () => {
  const check = (client: Client, query = '') => client.call('GET', `/v1/forward-auth${query}`);
  const told = ['subject', 'actor', 'account', 'organization', 'role', 'permissions'].map(
    (name) => `x-valetkey-${name}`,
  );

  it('is told who it is, where, and what they may, in six headers that always stand there', async () => {
    const client = await technician({ role: 'viewer' });
    await stand(client, south.id);
    const { status, headers } = await check(client);
    expect(status).toBe(200);
    const values = Object.fromEntries(told.map((name) => [name, headers.get(name)]));
    expect(values).toEqual({
      'x-valetkey-subject': expect.stringMatching(/^login-token:[0-9a-f-]{36}$/),
      'x-valetkey-actor': '',
      'x-valetkey-account': owner.accountId,
      'x-valetkey-organization': south.id,
      'x-valetkey-role': 'viewer',
      'x-valetkey-permissions': 'devices.view',
    });
    await stand(client, null);
    expect((await check(client)).headers.get('x-valetkey-organization')).toBe('');
  });

  it('may ask for one permission, in one organization', async () => {
    const client = await technician({ role: 'viewer', scope: { type: 'organization', id: south.id } });
    expect((await check(client, `?permission=devices.view&organization=${south.id}`)).status).toBe(200);
    expect(await check(client, '?permission=devices.manage')).toMatchObject({
      status: 403,
      code: 'missing_permission',
    });
    expect(await check(client, `?organization=${north.id}`)).toMatchObject({ status: 403, code: 'no_organization' });
    expect(await check(client, '?organization=nonsense')).toMatchObject({ status: 403, code: 'no_organization' });
    expect((await check(owner, `?permission=devices.manage&organization=${north.id}`)).status).toBe(200);
  });

  it('refuses whoever shows nothing good', async () => {
    const nobody = await check(new Client(owner.baseUrl));
    expect(nobody).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(nobody.headers.get('www-authenticate')).toMatch(/^Bearer/);
    const gone = await technician();
    await gone.call('DELETE', '/v1/session');
    expect(await check(gone)).toMatchObject({ status: 401, code: 'unauthenticated' });
  });
});
