import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Membership, Organization, ReachChange, User } from '@valetkey/contracts';
import { z } from 'zod';
import { Client, type Owner, ownerOf } from './client.ts';
import { invite } from './invitations.ts';
import { giveKey, lend } from './lending.ts';
import { seenBy } from './seen-lists.ts';
import {
  accountScope,
  furnish,
  groupScope,
  organizationScope,
  type Provider,
  providerOf,
  someone,
  staffOf,
} from './service-provider.ts';
import { type Platform, startPlatform } from './start-platform.ts';

let platform: Platform;
let provider: Provider;
let owner: Owner;
let max: Owner;
let gina: Owner;
let sue: Owner;
let olaf: Owner;

beforeAll(async () => {
  platform = await startPlatform();
  provider = await providerOf(platform);
  ({ owner } = provider);
  await furnish(platform, provider);
});
afterAll(async () => platform.stop());

const refused = { 'login-tokens': 'forbidden', 'access-keys': 'forbidden', sessions: 'forbidden' };
const at = (what: string, { id }: { id: string }) => `${owner.path}/${what}/${id}`;
const organizationAt = (one: { id: string }) => at('organizations', one);
const foretold = (body: unknown) => ReachChange.parse(body);

/** The role of somebody who stands in this organization, or the code of the refusal. */
async function roleAt(client: Client, { id: organizationId }: Organization): Promise<string> {
  const { body, code } = await client.call('PATCH', '/v1/session', {
    body: { accountId: owner.accountId, organizationId },
  });
  return code ?? z.object({ role: z.string() }).parse(body).role;
}

describe('A service provider invites staff to exactly what they need', () => {
  it('new users, who accept with a name and a password', async () => {
    max = await staffOf(platform, provider, someone('Max'), { scope: accountScope(owner), role: 'manager' });
    gina = await staffOf(platform, provider, someone('Gina'), {
      scope: groupScope(provider.hospitals),
      role: 'manager',
    });
    sue = await staffOf(platform, provider, someone('Sue'), { scope: accountScope(owner), role: 'supporter' });
    for (const client of [max, gina, sue]) expect(client.accountId).toBe(owner.accountId);
  });

  it('one who is a user already, who signs in and accepts explicitly', async () => {
    olaf = await ownerOf(platform, 'Olaf alone', someone('Olaf'));
    const { primary } = provider;
    const invited = { email: someone('Olaf').email, scope: organizationScope(primary), role: 'viewer' } as const;
    const { secret } = await invite(platform, owner, invited);
    expect(await olaf.call('GET', organizationAt(primary))).toMatchObject({ status: 404 });
    expect(await roleAt(olaf, primary)).toBe('not_found');

    const accepted = await olaf.call('POST', '/v1/invitations/accept', { body: { token: secret } });
    expect(Membership.parse(accepted.body)).toMatchObject({ role: 'viewer', scope: { name: 'Primary School' } });
    const { body } = await olaf.call('GET', '/v1/session');
    expect(body).toMatchObject({ account: { name: 'Olaf alone' }, role: 'owner' });
    expect(await roleAt(olaf, primary)).toBe('viewer');
  });
});

describe('Each of them sees exactly their part', () => {
  const everybody = [
    'Ada, owner of Northern Light IT',
    'Gina, manager of Hospitals',
    'Max, manager of Northern Light IT',
    'Olaf, viewer of Primary School',
    'Sue, supporter of Northern Light IT',
  ];
  const invited = ['everywhere', 'hospitals', 'mary', 'primary'].map((name) => `${name}@invited.example`);
  const all = {
    organizations: ['Harbour', 'Primary School', 'St John', 'St Mary'],
    groups: ['Hospitals', 'Schools'],
    members: everybody,
    invitations: [...invited, ...['Max', 'Gina', 'Sue', 'Olaf'].map((name) => someone(name).email)].toSorted(),
    'login-tokens': ['everywhere', 'hospitals', 'mary', 'primary'],
    'access-keys': [],
    sessions: ['Ada', 'Gina', 'Max', 'Olaf', 'Sue'],
  };

  it('the owner all of it, and the account’s manager all but the keys', async () => {
    expect(await seenBy(owner, owner)).toEqual(all);
    expect(await seenBy(max, owner)).toEqual({ ...all, 'access-keys': 'forbidden' });
  });

  it('the supporter whom there is to help, and nothing lent', async () => {
    expect(await seenBy(sue, owner)).toEqual({ ...all, ...refused });
  });

  it('the group’s manager the hospitals alone', async () => {
    expect(await seenBy(gina, owner)).toEqual({
      organizations: ['St John', 'St Mary'],
      groups: ['Hospitals'],
      members: ['Gina, manager of Hospitals'],
      invitations: ['gina@staff.example', 'hospitals@invited.example', 'mary@invited.example'],
      ...refused,
    });
  });

  it('the viewer of one organization that one, and the group it is in', async () => {
    expect(await seenBy(olaf, owner)).toEqual({
      organizations: ['Primary School'],
      groups: ['Schools'],
      members: ['Olaf, viewer of Primary School'],
      invitations: ['olaf@staff.example', 'primary@invited.example'],
      ...refused,
    });
  });

  it('who has several memberships the union of them, each role where it holds', async () => {
    const { body } = await gina.call('GET', '/v1/users/me');
    const further = { userId: User.parse(body).id, scope: groupScope(provider.schools), role: 'viewer' };
    expect((await owner.call('POST', `${owner.path}/members`, { body: further })).status).toBe(201);
    expect(await seenBy(gina, owner)).toMatchObject({
      organizations: ['Primary School', 'St John', 'St Mary'],
      groups: ['Hospitals', 'Schools'],
      members: ['Gina, manager of Hospitals', 'Gina, viewer of Schools', 'Olaf, viewer of Primary School'],
      ...refused,
    });
    expect(await roleAt(gina, provider.primary)).toBe('viewer');
    expect(await roleAt(gina, provider.mary)).toBe('manager');
    expect(await roleAt(gina, provider.harbour)).toBe('not_found');
  });
});

describe('The manager of a group', () => {
  const rename = (what: string, name: string) => gina.call('PATCH', what, { body: { name } });

  it('edits its organizations but not in which group they are, and not the group', async () => {
    const { mary, primary, harbour, hospitals, schools } = provider;
    expect(await rename(organizationAt(mary), 'St Mary’s')).toMatchObject({ status: 200, body: { name: 'St Mary’s' } });
    for (const groupId of [null, schools.id])
      expect((await gina.call('PATCH', organizationAt(mary), { body: { groupId } })).code).toBe('forbidden');
    expect((await rename(at('groups', hospitals), 'Clinics')).code).toBe('forbidden');
    expect((await gina.call('DELETE', organizationAt(mary))).code).toBe('forbidden');
    expect((await rename(organizationAt(primary), 'Elsewhere')).code).toBe('forbidden');
    expect((await rename(organizationAt(harbour), 'Unseen')).code).toBe('not_found');
  });

  it('invites into it and its organizations, and nowhere else', async () => {
    const { hospitals, john, harbour } = provider;
    const codes = async (scope: object, role: string) => {
      const body = { email: `${role}-${crypto.randomUUID()}@invited.example`, scope, role };
      const { status, code } = await gina.call('POST', `${owner.path}/invitations`, { body });
      return code ?? status;
    };
    expect(await codes(groupScope(hospitals), 'manager')).toBe(201);
    expect(await codes(organizationScope(john), 'viewer')).toBe(201);
    expect(await codes(accountScope(owner), 'viewer')).toBe('forbidden');
    expect(await codes(organizationScope(harbour), 'viewer')).toBe('not_found');
  });
});

describe('An organization that moves to another group', () => {
  const move = (query = '') =>
    max.call('PATCH', `${organizationAt(provider.john)}${query}`, { body: { groupId: provider.schools.id } });

  it('is shown with who gains and who loses access first, and then they have and have not', async () => {
    const { schools, john } = provider;
    const stan = await staffOf(platform, provider, someone('Stan'), { scope: groupScope(schools), role: 'manager' });
    expect(await roleAt(gina, john)).toBe('manager');
    const { gains, loses, ends } = foretold((await move('?dryRun=true')).body);
    expect(gains.map(({ user, role }) => `${user.name}, ${role}`).toSorted()).toEqual([
      'Gina, viewer',
      'Stan, manager',
    ]);
    expect(loses).toEqual([{ user: expect.objectContaining({ name: 'Gina' }), role: 'manager' }]);
    expect(ends).toEqual({ memberships: [], keys: [], tokens: [] });
    expect(await roleAt(stan, john)).toBe('not_found');

    expect(await move()).toMatchObject({ status: 200, body: { group: { name: 'Schools' } } });
    expect(await gina.call('GET', '/v1/session')).toMatchObject({
      body: { role: 'viewer', organization: { id: john.id } },
    });
    expect(await roleAt(stan, john)).toBe('manager');
    const named = await gina.call('PATCH', organizationAt(john), { body: { name: 'Not mine any more' } });
    expect(named.code).toBe('forbidden');
  });
});

describe('An organization that is deleted', () => {
  it('is shown with what ends, and all of that ends with it', async () => {
    const { mary } = provider;
    const scope = organizationScope(mary);
    const vic = await staffOf(platform, provider, someone('Vic'), { scope, role: 'viewer' });
    const key = await giveKey(owner, { name: 'Sync', scope, role: 'manager' });
    const script = new Client(owner.baseUrl, key.secret, 'script');
    const token = await lend(owner, { name: 'Ward 3', scope });
    const technician = await owner.redeem(token.secret);
    const pending = await invite(platform, owner, { email: 'late@invited.example', scope, role: 'viewer' });
    const deletion = (query = '') => max.call('DELETE', `${organizationAt(mary)}${query}`);
    expect((await deletion()).code).toBe('forbidden');
    const allowed = await owner.call('PATCH', `${owner.path}/policy`, { body: { managersMayDelete: true } });
    expect(allowed.status).toBe(200);

    const { loses, ends } = foretold((await deletion('?dryRun=true')).body);
    expect(loses.map(({ user, role }) => `${user.name}, ${role}`).toSorted()).toEqual(['Gina, manager', 'Vic, viewer']);
    expect(ends.memberships.map(({ user }) => user.name)).toEqual(['Vic']);
    // Access keys are for owners' eyes.
    expect(ends.keys).toEqual([]);
    const shown = await owner.call('DELETE', `${organizationAt(mary)}?dryRun=true`);
    expect(foretold(shown.body).ends.keys).toEqual([{ id: key.id, name: 'Sync' }]);
    expect(ends.tokens.map(({ name }) => name).toSorted()).toEqual(['Ward 3', 'mary']);
    const uses = [vic, script, technician].map((client) => () => client.call('GET', `${owner.path}/organizations`));
    for (const use of uses) expect((await use()).status).toBe(200);

    expect((await deletion()).status).toBe(204);
    const answers = await Promise.all(uses.map((use) => use()));
    expect(answers.map(({ code }) => code)).toEqual(['no_account', 'unauthenticated', 'unauthenticated']);
    const redeemed = await owner.call('POST', '/v1/sessions/login-token', { body: { token: token.secret } });
    expect(redeemed.code).toBe('invalid_token');
    const accepted = await vic.call('POST', '/v1/invitations/accept', { body: { token: pending.secret } });
    expect(accepted.code).toBe('invalid_token');
    const { body } = await owner.call('GET', `${owner.path}/invitations?query=late&status=canceled`);
    expect(body).toMatchObject({ items: [{ id: pending.id }] });
    expect(await seenBy(gina, owner)).toMatchObject({ organizations: ['Primary School', 'St John'] });
  });
});

describe('A script with an access key', () => {
  it('drives it all in the provider’s name: groups, organizations, login tokens; but lets nobody in', async () => {
    const key = await giveKey(owner, { name: 'Provisioning', role: 'manager' });
    const script: Owner = Object.assign(new Client(owner.baseUrl, key.secret, 'script'), {
      accountId: owner.accountId,
      path: owner.path,
    });
    const make = async (what: string, body: object) =>
      (await script.call('POST', `${owner.path}/${what}`, { body })).body;
    const ports = Organization.pick({ id: true, name: true }).parse(await make('groups', { name: 'Ports' }));
    const quay = Organization.parse(await make('organizations', { name: 'Quay 1', groupId: ports.id }));
    const move = { body: { groupId: ports.id } };
    const harbour = organizationAt(provider.harbour);
    expect(foretold((await script.call('PATCH', `${harbour}?dryRun=true`, move)).body).gains).toEqual([]);
    expect((await script.call('PATCH', harbour, move)).status).toBe(200);
    await lend(script, { name: 'Pilot', scope: groupScope(ports) });
    expect((await script.call('DELETE', organizationAt(quay))).status).toBe(204);
    const invited = { email: 'friend@invited.example', scope: accountScope(owner), role: 'viewer' };
    expect((await script.call('POST', `${owner.path}/invitations`, { body: invited })).code).toBe('key_not_allowed');

    const ofPorts = await giveKey(owner, { name: 'Ports only', role: 'viewer', scope: groupScope(ports) });
    const reader = new Client(owner.baseUrl, ofPorts.secret, 'script');
    expect(await seenBy(reader, owner)).toMatchObject({ organizations: ['Harbour'], groups: ['Ports'], members: [] });
    expect((await reader.call('GET', organizationAt(provider.john))).code).toBe('not_found');
    expect((await reader.call('PATCH', harbour, { body: { name: 'Docks' } })).code).toBe('forbidden');
  });
});
