import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Organization, pageOf, Session } from '@valetkey/contracts';
import { type Client, type Owner, ownerOf, person } from './client.ts';
import { lend, type LentToken } from './lending.ts';
import { operatorOf } from './operator.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const permissions = [{ name: 'devices.view', description: 'See devices', roles: ['owner', 'viewer'] }];
const Shown = pageOf(Session.strict());

let platform: Platform;
let owner: Owner;
let quay: Organization;
let token: LentToken;
let technician: Client;

beforeAll(async () => {
  platform = await startPlatform();
  owner = await ownerOf(platform, 'Harbour Cranes', person('ada@harbour.example'));
  const operator = await operatorOf(platform);
  expect((await operator.call('PUT', '/v1/operator/permissions', { body: permissions })).status).toBe(200);
  const made = await owner.call('POST', `${owner.path}/organizations`, { body: { name: 'North quay' } });
  quay = Organization.parse(made.body);
  token = await lend(owner, { name: 'Visit', role: 'viewer', scope: { type: 'organization', id: quay.id } });
  technician = await owner.redeem(token.secret);
});
afterAll(async () => {
  await platform.stop();
});

const ownSession = async (client: Client) => Session.parse((await client.call('GET', '/v1/session')).body);
const listed = async (path: string) => Shown.parse((await owner.call('GET', path)).body).items;

describe('An owner who looks who is in', () => {
  it('sees each session as its holder does: where it stands, in which role, and what it may do', async () => {
    const [theirs, own] = [await ownSession(technician), await ownSession(owner)];
    expect(theirs).toMatchObject({
      account: { id: owner.accountId, name: 'Harbour Cranes' },
      organization: { id: quay.id, name: 'North quay' },
      role: 'viewer',
      permissions: ['devices.view'],
    });
    expect(await listed(`${token.path}/sessions`)).toEqual([theirs]);
    const all = await listed(`${owner.path}/sessions`);
    for (const session of [theirs, own]) expect(all).toContainEqual(session);
  });

  it('sees where a session has moved', async () => {
    const roaming = await lend(owner, { name: 'Roaming', role: 'viewer' });
    const client = await owner.redeem(roaming.secret);
    expect((await client.call('PATCH', '/v1/session', { body: { organizationId: null } })).status).toBe(200);
    const [session] = await listed(`${roaming.path}/sessions`);
    expect(session).not.toHaveProperty('organization');
    expect(session).toEqual(await ownSession(client));
  });

  it('sees their own session in use', async () => {
    platform.clock.advance(30_000);
    const { id } = await ownSession(owner);
    const own = (await listed(`${owner.path}/sessions`)).find((session) => session.id === id);
    expect(own?.lastSeenAt).toBe(platform.clock.now().toISOString());
  });
});
