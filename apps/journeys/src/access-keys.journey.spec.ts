import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessKey, AuditEntry, contracts, Introspection, LoginToken, Organization, pageOf } from '@valetkey/contracts';
import { makeSecret } from '@valetkey/credentials';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { keyOf } from './access-keys.ts';
import { Client, type Owner, ownerOf, person } from './client.ts';
import { eventually } from './eventually.ts';
import { lend } from './lending.ts';
import { operatorOf, registerServer } from './operator.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const DAY_MS = 24 * 3600 * 1000;
const Rotated = z.object({ secret: z.string() });
const permissions = [
  { name: 'devices.view', description: 'See devices', roles: ['owner', 'manager', 'viewer'] },
  { name: 'devices.manage', description: 'Control devices', roles: ['owner', 'manager'] },
];

let platform: Platform;
let owner: Owner;
let server: Client;
let authorization: string;
let north: Organization;
let south: Organization;

beforeAll(async () => {
  platform = await startPlatform({ gateways: [{}, {}] });
  owner = await ownerOf(platform, 'Harbour Cranes', person('ada@harbour.example'));
  const operator = await operatorOf(platform);
  await operator.call('PUT', '/v1/operator/permissions', { body: permissions });
  const { clientId, secret } = await registerServer(operator, 'Devices');
  authorization = `Basic ${btoa(`${clientId}:${secret}`)}`;
  server = new Client(owner.baseUrl);
  [north, south] = [await organization('North quay'), await organization('South quay')];
});
afterAll(async () => {
  await platform.stop();
});

async function organization(name: string): Promise<Organization> {
  platform.clock.advance(1_000); // lists have them in the order in which they were made
  return Organization.parse((await owner.call('POST', `${owner.path}/organizations`, { body: { name } })).body);
}

async function introspect(token: string, address = '203.0.113.7', at = server): Promise<Introspection> {
  const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams({ token, client_address: address }).toString();
  return Introspection.parse((await at.call('POST', '/oauth/introspect', { headers, body })).body);
}

const check = (program: Client, query = '') => program.call('GET', `/v1/forward-auth${query}`);
const shown = async ({ path }: { path: string }) => AccessKey.parse((await owner.call('GET', path)).body);

/** Refused by every gateway: by the one that was asked from its answer on, by the others within an instant. */
async function expectRefused(secret: string): Promise<void> {
  expect(await introspect(secret)).toEqual({ active: false });
  for (const url of platform.gatewayUrls.slice(1)) {
    const refused = async () => !(await introspect(secret, undefined, server.at(url))).active || undefined;
    await eventually(`${url} refuses`, refused);
  }
}

describe('a program calls the API with an access key', () => {
  it('lists what its role may see, makes login tokens as a manager, and is named as who did so', async () => {
    const { program, id } = await keyOf(owner, { name: 'Front desk app', role: 'manager' });
    const listed = await program.call('GET', `${owner.path}/organizations`);
    expect(
      pageOf(Organization)
        .parse(listed.body)
        .items.map(({ name }) => name),
    ).toEqual(['South quay', 'North quay']);
    for (const list of ['members', 'groups', 'login-tokens'])
      expect([list, (await program.call('GET', `${owner.path}/${list}`)).status]).toEqual([list, 200]);

    const made = await lend(Object.assign(program, { accountId: owner.accountId, path: owner.path }), {
      name: 'Visit',
    });
    expect(LoginToken.parse((await owner.call('GET', made.path)).body).createdBy).toEqual({
      id,
      name: 'Front desk app',
    });
    const entry = await eventually('the trail names the key', async () => {
      const { body } = await owner.call('GET', `${owner.path}/audit?entity=login-token:${made.id}`);
      return pageOf(AuditEntry).parse(body).items[0];
    });
    expect(entry.actor).toMatchObject({ type: 'access-key', id });
  });

  it('may make nothing with a key for viewing', async () => {
    const { program, role } = await keyOf(owner, { name: 'Dashboard' });
    expect(role).toBe('viewer');
    const token = { name: 'No visit', type: 'permanent' };
    expect(await program.call('POST', `${owner.path}/login-tokens`, { body: token })).toMatchObject({
      status: 403,
      code: 'forbidden',
    });
  });

  it('does nothing under its session or its user, for it has none, and writes nothing that lets others in', async () => {
    const { program, path } = await keyOf(owner, { name: 'Nosy', role: 'manager' });
    const guarded =
      /^\/v1\/(session|users\/me)(\/|$)|\/(members|invitations|access-keys|access-links|partners|partner-tokens)(\/|$)/;
    const routes = contracts.flatMap(({ http, access, kind }) =>
      http && guarded.test(http.path) && access.kind !== 'anyone' ? [{ ...http, kind }] : [],
    );
    for (const { method, path: template, kind } of routes) {
      if (kind === 'query' && template.startsWith('/v1/accounts')) continue;
      const url = template.replace('{accountId}', owner.accountId).replaceAll(/\{\w+\}/g, () => uuidv7());
      const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} };
      const { status, code } = await program.call(method, url, body);
      expect({ method, template, status, code }).toEqual({ method, template, status: 403, code: 'key_not_allowed' });
    }
    expect(await program.call('GET', '/v1/session')).toMatchObject({ status: 403, code: 'key_not_allowed' });
    expect(await program.call('GET', path)).toMatchObject({ status: 403, code: 'forbidden' });
    const elsewhere = await program.call('GET', `/v1/accounts/${uuidv7()}/organizations`);
    expect(elsewhere).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('of one organization sees that one alone, and stands in it', async () => {
    const scope = { type: 'organization', id: south.id };
    const { program, secret } = await keyOf(owner, { name: 'South quay app', role: 'manager', scope });
    expect((await program.call('GET', `${owner.path}/organizations`)).body).toMatchObject({
      items: [{ id: south.id }],
    });
    expect((await program.call('GET', `${owner.path}/organizations/${north.id}`)).status).toBe(404);
    expect(await introspect(secret)).toMatchObject({ organization_id: south.id, scope: 'devices.manage devices.view' });
    expect((await check(program)).headers.get('x-valetkey-organization')).toBe(south.id);
    expect(await check(program, `?organization=${north.id}`)).toMatchObject({ status: 403, code: 'no_organization' });
  });
});

describe('other software asks about an access key', () => {
  it('is told who it is and what it may do, with no session and, where it never ends, no end', async () => {
    const { id, secret } = await keyOf(owner, { name: 'Telemetry' });
    const answer = await introspect(secret);
    expect(answer).toMatchObject({ token_type: 'access_key', sub: `access-key:${id}`, account_id: owner.accountId });
    expect(answer).toMatchObject({ role: 'viewer', scope: 'devices.view' });
    for (const member of ['sid', 'exp', 'act']) expect(answer).not.toHaveProperty(member);
    const expiresAt = new Date(platform.clock.now().getTime() + DAY_MS);
    const brief = await keyOf(owner, { name: 'Brief', expiresAt: expiresAt.toISOString() });
    expect(await introspect(brief.secret)).toMatchObject({ exp: expiresAt.getTime() / 1000 });
  });

  it('remembers no organization: a proxy names the one it asks about', async () => {
    const { program, id } = await keyOf(owner, { name: 'Proxied' });
    const whole = await check(program);
    expect(whole.status).toBe(200);
    expect(whole.headers.get('x-valetkey-subject')).toBe(`access-key:${id}`);
    expect(whole.headers.get('x-valetkey-organization')).toBe('');
    const inNorth = await check(program, `?organization=${north.id}&permission=devices.view`);
    expect(inNorth.headers.get('x-valetkey-organization')).toBe(north.id);
    expect(await check(program, '?permission=devices.manage')).toMatchObject({ code: 'missing_permission' });
  });

  it('cannot revoke it: that is for sessions, and answered all the same', async () => {
    const { secret } = await keyOf(owner, { name: 'Kept' });
    const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
    const revoked = await server.call('POST', '/oauth/revoke', { headers, body: `token=${secret}` });
    expect(revoked.status).toBe(200);
    expect(await introspect(secret)).toMatchObject({ active: true });
  });

  it('is told nothing of a key from outside its networks, or of one that never was', async () => {
    const { secret, program } = await keyOf(owner, { name: 'Fixed place', allowedCidrs: ['203.0.113.0/24'] });
    expect(await introspect(secret)).toMatchObject({ active: true, allowed_cidrs: ['203.0.113.0/24'] });
    expect(await introspect(secret, '198.51.100.1')).toEqual({ active: false });
    expect(await program.call('GET', `${owner.path}/organizations`)).toMatchObject({ status: 401 });
    expect(await introspect(makeSecret('vkk'))).toEqual({ active: false });
  });
});

describe('an owner looks after the keys', () => {
  it('sees when and from where a key was last used', async () => {
    const key = await keyOf(owner, { name: 'Watched' });
    platform.clock.advance(1_000);
    await introspect(key.secret, '203.0.113.99');
    const used = await eventually('the use is shown', async () => {
      const now = await shown(key);
      return now.lastUsedAt === undefined ? undefined : now;
    });
    expect(used).toMatchObject({ lastUsedAt: platform.clock.now().toISOString(), lastUsedFrom: '203.0.113.99' });
  });

  it('changes one only as it is now, and it holds from the answer on', async () => {
    const key = await keyOf(owner, { name: 'Edited', role: 'manager' });
    expect(await introspect(key.secret)).toMatchObject({ role: 'manager' });
    const { headers } = await owner.call('GET', key.path);
    const edit = (ifMatch: string) =>
      owner.call('PATCH', key.path, { headers: { 'if-match': ifMatch }, body: { role: 'viewer' } });
    expect((await edit('"7"')).status).toBe(412);
    const edited = await edit(headers.get('etag') ?? '');
    expect([edited.status, edited.headers.get('etag')]).toEqual([200, '"2"']);
    expect(await introspect(key.secret)).toMatchObject({ role: 'viewer' });
  });

  it('rotates one with grace: both secrets are good to its end, then the new one alone', async () => {
    const key = await keyOf(owner, { name: 'Rotated' });
    const answer = await owner.call('POST', `${key.path}/rotate`, { body: { graceSeconds: 30 } });
    const { secret } = Rotated.parse(answer.body);
    for (const one of [key.secret, secret]) expect(await introspect(one)).toMatchObject({ active: true });
    platform.clock.advance(30_000);
    expect(await introspect(key.secret)).toEqual({ active: false });
    expect(await introspect(secret)).toMatchObject({ active: true });
    const at = Rotated.parse((await owner.call('POST', `${key.path}/rotate`, { body: {} })).body);
    await expectRefused(secret);
    expect(await introspect(at.secret)).toMatchObject({ active: true });
  });

  it('deletes one, and the next request is refused', async () => {
    const key = await keyOf(owner, { name: 'Deleted' });
    for (const url of platform.gatewayUrls) expect((await check(key.program.at(url))).status).toBe(200);
    expect((await owner.call('DELETE', key.path)).status).toBe(204);
    expect(await check(key.program)).toMatchObject({ status: 401, code: 'unauthenticated' });
    await expectRefused(key.secret);
    expect((await owner.call('GET', key.path)).status).toBe(404);
  });

  it('has one refused once it has expired, and sees it so', async () => {
    const expiresAt = new Date(platform.clock.now().getTime() + 20_000).toISOString();
    const key = await keyOf(owner, { name: 'Expiring', expiresAt });
    expect(await introspect(key.secret)).toMatchObject({ active: true });
    platform.clock.advance(20_000);
    expect(await introspect(key.secret)).toEqual({ active: false });
    expect((await shown(key)).status).toBe('expired');
    const edited = await owner.call('PATCH', key.path, { body: { expiresAt: null } });
    expect(edited).toMatchObject({ status: 409, code: 'token_ended' });
    const listed = await owner.call('GET', `${owner.path}/access-keys?status=expired&query=expiring`);
    expect(listed.body).toMatchObject({ items: [{ id: key.id }], nextCursor: null });
  });
});
