import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Account, AuditEntry, pageOf } from '@valetkey/contracts';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { storedEvents } from './access-stream.ts';
import { Client, type Owner, ownerOf, person } from './client.ts';
import { eventually } from './eventually.ts';
import { lend } from './lending.ts';
import { operatorOf, registerServer } from './operator.ts';
import { type Platform, startPlatform } from './start-platform.ts';

let platform: Platform;
let owner: Owner;
let operator: Client;

beforeAll(async () => {
  platform = await startPlatform();
  owner = await ownerOf(platform, 'Harbour Cranes', person('ada@harbour.example'));
  operator = await operatorOf(platform);
});
afterAll(async () => {
  await platform.stop();
});

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

  it('is never repeated in an event', async () => {
    const events = await storedEvents(platform);
    const Told = z.object({ subject: z.string().lowercase(), id: z.string().lowercase() });
    expect(events.length).toBeGreaterThan(10);
    for (const { subject, event } of events) Told.parse({ subject, id: `${event.subject} ${event.accountid ?? ''}` });
  });
});
