import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Account, AuditEntry, contracts, type HttpBinding, pageOf } from '@valetkey/contracts';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { storedEvents } from './access-stream.ts';
import { Client, type Owner, ownerOf, person } from './client.ts';
import { eventually } from './eventually.ts';
import { giveKey, lend } from './lending.ts';
import { type NamedIds, oneOfEach, urlWith } from './named-ids.ts';
import { operatorOf, registerServer } from './operator.ts';
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
});
afterAll(async () => {
  await platform.stop();
});

/** An id that is not in lower case. */
const UPPER = /[\dA-F]{8}-[\dA-F]{4}-7[\dA-F]{3}-[AB89][\dA-F]{3}-(?=[\dA-F]*[A-F])[\dA-F]{12}/;
const shouted = (id: string) => id.toUpperCase();

/** As a resource server that spells its client id in this way; the status is 401 for bad credentials. */
async function introspects(clientId: string, secret: string): Promise<number> {
  const headers = {
    authorization: `Basic ${btoa(`${clientId}:${secret}`)}`,
    'content-type': 'application/x-www-form-urlencoded',
  };
  return (await new Client(owner.baseUrl).call('POST', '/oauth/introspect', { body: 'token=x', headers })).status;
}

async function keptServer(name: string, spell: (id: string) => string) {
  const { clientId, secret } = await registerServer(operator, name);
  const spellings = [clientId, shouted(clientId)];
  for (const id of spellings) expect(await introspects(id, secret)).toBe(200);
  return {
    path: `/v1/operator/resource-servers/${spell(clientId)}`,
    statuses: () => Promise.all(spellings.map((id) => introspects(id, secret))),
  };
}

describe('A resource server’s old secret ends at once, however its id is spelled', () => {
  it.each<[string, (id: string) => string]>([
    ['as it was answered', (id) => id],
    ['in upper case', shouted],
  ])('when it is rotated, or deleted, by its id %s', async (how, spell) => {
    const rotated = await keptServer(`Rotated ${how}`, spell);
    expect((await operator.call('POST', `${rotated.path}/rotate`)).status).toBe(200);
    expect(await rotated.statuses()).toEqual([401, 401]);

    const deleted = await keptServer(`Deleted ${how}`, spell);
    expect((await operator.call('DELETE', deleted.path)).status).toBe(204);
    expect(await deleted.statuses()).toEqual([401, 401]);
  });
});

describe('Who spells an id in upper case', () => {
  it('reaches their own account, and is answered its id in lower case', async () => {
    const path = `/v1/accounts/${shouted(owner.accountId)}`;
    const { status, body } = await owner.call('GET', path);
    expect({ status, id: Account.parse(body).id }).toEqual({ status: 200, id: owner.accountId });
    for (const rest of ['/login-tokens', '/audit', '/audit/export']) {
      expect((await owner.call('GET', path + rest)).status).toBe(200);
    }
    const switched = await owner.call('PATCH', '/v1/session', { body: { accountId: shouted(owner.accountId) } });
    expect(switched).toMatchObject({ status: 200, body: { account: { id: owner.accountId } } });
  });

  it('makes something once, and is told where it is in lower case', async () => {
    const headers = { 'idempotency-key': randomBytes(16).toString('base64url') };
    const body = { name: 'Once', type: 'permanent' };
    const first = await owner.call('POST', `${owner.path}/login-tokens`.replace(owner.accountId, shouted), {
      body,
      headers,
    });
    expect(first.headers.get('location')).toMatch(new RegExp(`^${owner.path}/login-tokens/[0-9a-f-]{36}$`));
    expect((await owner.call('POST', `${owner.path}/login-tokens`, { body, headers })).status).toBe(200);
  });

  it('turns a module off at once', async () => {
    const path = `/v1/operator/accounts/${shouted(owner.accountId)}`;
    const tokens = async () => (await owner.call('GET', `${owner.path}/login-tokens`)).code;
    expect(await tokens()).toBeUndefined();
    await operator.call('PATCH', path, { body: { modules: { login_tokens: false } } });
    expect(await tokens()).toBe('module_disabled');
    await operator.call('PATCH', path, { body: { modules: { login_tokens: true } } });
    expect(await tokens()).toBeUndefined();
  });

  it('ends what a login token opened, and finds that in the audit trail', async () => {
    const token = await lend(owner, { name: 'Shouted' });
    const technician = await owner.redeem(token.secret);
    expect((await technician.call('GET', '/v1/session')).status).toBe(200);

    const path = token.path.replace(token.id, shouted);
    expect(await owner.call('GET', path)).toMatchObject({ status: 200, body: { id: token.id } });
    expect((await owner.call('DELETE', path)).status).toBe(204);
    expect((await technician.call('GET', '/v1/session')).status).toBe(401);

    for (const entity of [shouted(token.id), `login-token:${shouted(token.id)}`]) {
      await eventually(`the trail of ${entity}`, async () => {
        const { body } = await owner.call('GET', `${owner.path}/audit?entity=${entity}&action=login-token.deleted`);
        return pageOf(AuditEntry).parse(body).items.length === 1 || undefined;
      });
    }
  });

  it('reads what those read who spell it in lower case, wherever a path names one', async () => {
    // The trail grows while it is read; that it is one and the same is seen above.
    const isRead = ({ method, path }: HttpBinding) =>
      method === 'GET' && path.includes('{') && !path.endsWith('/audit');
    const paths = contracts.flatMap(({ http }) => (http && isRead(http) ? [http.path] : []));
    const spelled = { ...ids, ...Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, shouted(id)])) };
    expect(paths.length).toBeGreaterThan(15);
    for (const path of paths) {
      const client = path.startsWith('/v1/operator') ? operator : owner;
      const [loud, low] = [
        await client.call('GET', urlWith(spelled, path)),
        await client.call('GET', urlWith(ids, path)),
      ];
      expect({ path, status: loud.status, body: loud.body }).toEqual({ path, status: 200, body: low.body });
    }
  });

  it('names what a body names, and is answered it in lower case', async () => {
    const scope = (type: string, id = '') => ({ type, id: shouted(id) });
    const whole = scope('account', owner.accountId);
    const made: [string, object][] = [
      ['members', { userId: shouted(ids.userId), scope: scope('group', ids['groupId']), role: 'viewer' }],
      ['invitations', { email: 'grace@harbour.example', scope: whole, role: 'viewer' }],
      ['access-keys', { name: 'Shouted', scope: scope('organization', ids['organizationId']) }],
      ['login-tokens', { name: 'Loud', type: 'permanent', scope: whole }],
      ['organizations', { name: 'Shouted', groupId: shouted(ids['groupId'] ?? '') }],
    ];
    for (const [what, body] of made) {
      const answer = await owner.call('POST', `${owner.path}/${what}`, { body });
      expect({ what, status: answer.status }).toEqual({ what, status: 201 });
      expect(JSON.stringify(answer.body)).not.toMatch(UPPER);
    }
  });

  it('changes and takes away what others spell in lower case', async () => {
    const given = await giveKey(owner, { name: 'Gone' });
    const [membership, email] = [ids['membershipId'] ?? '', ids['emailId'] ?? ''];
    const at = (what: string, id = '') => `${owner.path}/${what}/${shouted(id)}`;
    const asked: [string, string, number, object?][] = [
      ['PATCH', at('members', membership), 200, { role: 'manager' }],
      ['PATCH', at('organizations', ids['organizationId']), 200, { groupId: shouted(ids['groupId'] ?? '') }],
      ['POST', `/v1/users/me/emails/${shouted(email)}/primary`, 200, { currentPassword: ada.password }],
      ['POST', `${at('invitations', ids['invitationId'])}/resend`, 200],
      ['DELETE', at('invitations', ids['invitationId']), 204],
      ['DELETE', at('access-keys', given.id), 204],
      ['DELETE', at('members', membership), 204],
      ['DELETE', at('groups', ids['groupId']), 204],
    ];
    for (const [method, path, status, body] of asked) {
      const answer = await owner.call(method, path, { body });
      expect({ method, path, status: answer.status }).toEqual({ method, path, status });
    }
    const key = new Client(owner.baseUrl, given.secret);
    expect((await key.call('GET', owner.path)).status).toBe(401);
  });

  it('is never repeated in an event', async () => {
    const events = await storedEvents(platform);
    for (const { text } of events) expect(text).not.toMatch(UPPER);
    const Told = z.object({ subject: z.string().lowercase(), id: z.string().lowercase() });
    expect(events.length).toBeGreaterThan(10);
    for (const { subject, event } of events) Told.parse({ subject, id: `${event.subject} ${event.accountid ?? ''}` });
  });
});
