import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contracts } from '@valetkey/contracts';
import { type Recipient, recipientOf } from './access-links.ts';
import { type Answer, type Owner, ownerOf, person } from './client.ts';
import { memberOf } from './members.ts';
import { type NamedIds, oneOfEach, urlWith } from './named-ids.ts';
import { operatorOf } from './operator.ts';
import { partnerTokenOf, setModules } from './partnerships.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const ada = person('ada@harbour.example');
let platform: Platform;
let owner: Owner;
let operator: Owner;
let ids: NamedIds;

beforeAll(async () => {
  platform = await startPlatform();
  owner = await ownerOf(platform, 'Harbour Cranes', ada);
  operator = await operatorOf(platform);
  ids = await oneOfEach(platform, owner, operator);
  for (const name of ['First', 'Again'] as const) others[name] = await otherOf(name);
});
afterAll(async () => {
  await platform.stop();
});

/** Of what is made for somebody once only: somebody for each. */
interface Other {
  recipient: Recipient;
  partnerToken: string;
}
const others: Record<string, Other> = {};

async function otherOf(name: string): Promise<Other> {
  await memberOf(platform, owner, 'viewer', { name });
  const partner = await ownerOf(platform, name, person(`${name.toLowerCase()}@partner.example`));
  await setModules(operator, partner, { partner: true });
  const recipient = await recipientOf(owner, { email: `${name.toLowerCase()}@${owner.accountId}.example` });
  return { recipient, partnerToken: (await partnerTokenOf(partner)).secret };
}

const inAll = () => ({ type: 'account', id: owner.accountId });
const inOne = () => ({ type: 'organization', id: ids['organizationId'] });
const inSome = () => ({ type: 'group', id: ids['groupId'] });

/** What makes something, by its path, with a body of several members where it has them: a new one by each name. */
const bodies: Readonly<Record<string, (name: string) => object>> = {
  '/v1/accounts': (name) => ({ name }),
  '/v1/accounts/{accountId}/access-keys': (name) => ({ name, role: 'viewer', scope: inAll() }),
  '/v1/accounts/{accountId}/access-links': (name) => ({
    userId: others[name]?.recipient.userId,
    emailId: others[name]?.recipient.emailId,
    expiresAt: '2026-03-05T12:00:00Z',
  }),
  '/v1/accounts/{accountId}/partner-tokens': (name) => ({ clientName: name }),
  '/v1/accounts/{accountId}/partner-tokens/{partnerTokenId}/users': (name) => ({
    userIds: [others[name]?.recipient.userId],
    permissions: ['devices.view'],
  }),
  '/v1/accounts/{accountId}/partners': (name) => ({
    token: others[name]?.partnerToken,
    permissions: ['devices.view'],
  }),
  '/v1/accounts/{accountId}/groups': (name) => ({ name }),
  '/v1/accounts/{accountId}/invitations': (name) => ({ email: `${name}@b.example`, scope: inAll(), role: 'viewer' }),
  '/v1/accounts/{accountId}/login-tokens': (name) => ({ name, type: 'permanent', role: 'viewer', maxSessions: 2 }),
  '/v1/accounts/{accountId}/members': (name) => ({
    userId: ids.userId,
    scope: name === 'First' ? inOne() : inSome(),
    role: 'viewer',
  }),
  '/v1/accounts/{accountId}/organizations': (name) => ({ name, groupId: ids['groupId'] }),
  '/v1/operator/resource-servers': (name) => ({ name }),
  '/v1/users/me/emails': (name) => ({ email: `${name}@harbour.example`, currentPassword: ada.password }),
};
const made = Object.keys(bodies);
const bodyOf = (path: string, name: string) => bodies[path]?.(name) ?? {};

/** The same request each time, unless it is given a body of its own. */
function poster(path: string, name: string): (body?: object) => Promise<Answer> {
  const caller = path.startsWith('/v1/operator') ? operator : owner;
  const headers = { 'idempotency-key': randomBytes(16).toString('base64url') };
  return (body = bodyOf(path, name)) => caller.call('POST', urlWith(ids, path), { body, headers });
}

/** Whether there is a route for one of what the path makes. */
const isReadable = (path: string) =>
  contracts.some(
    ({ http }) => http?.method === 'GET' && http.path.replace(/\/\{\w+\}$/, '') === path && http.path !== path,
  );

function withoutSecret(body: unknown): object {
  const { secret: _, ...rest } = Object.assign({ secret: undefined }, body);
  return rest;
}

describe('A request that is repeated because its answer was lost', () => {
  it('is known here for everything that can be made', () => {
    const paths = contracts.flatMap(({ http }) => (http?.creates ? [http.path] : []));
    expect(made.toSorted()).toEqual(paths.toSorted());
  });

  it.each(made)('is answered what the first one was, without its secret (%s)', async (path) => {
    const post = poster(path, 'First');
    const [first, again] = [await post(), await post()];
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(withoutSecret(first.body));
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect(first.headers.get('location')).toEqual(isReadable(path) ? expect.stringMatching(/\/[\da-f-]{36}$/) : null);
  });

  it.each(made)('is the same in whatever order its members come, and none with others (%s)', async (path) => {
    const post = poster(path, 'Again');
    const reversed = Object.fromEntries(Object.entries(bodyOf(path, 'Again')).reverse());
    expect([(await post()).status, (await post(reversed)).status]).toEqual([201, 200]);
    expect(await post(bodyOf(path, 'First'))).toMatchObject({ status: 422, code: 'idempotency_mismatch' });
  });
});
