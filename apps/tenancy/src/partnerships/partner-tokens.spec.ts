import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checkSecret, hashSecret } from '@valetkey/credentials';
import { createPartnerToken, deletePartnerToken, getPartnerToken, listPartnerTokens } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { partnershipEvents } from '../../test/partnership-events.ts';
import { makePartnership, openCompany } from '../../test/partnerships.ts';
import { portalOf, Tenancy, type Tenant } from '../../test/tenancy.ts';

const THIRTY_DAYS = 30 * 24 * 3_600_000;

let tenancy: Tenancy;
let provider: Tenant;
let client: Tenant;

beforeAll(async () => {
  tenancy = await Tenancy.start();
});
beforeEach(async () => {
  provider = await openCompany(tenancy, 'partner', 'Provider');
  client = await openCompany(tenancy, 'client', 'Client');
});
afterAll(() => tenancy.stop());

const create = (clientName?: string) =>
  tenancy.ask(createPartnerToken, { accountId: provider.accountId, clientName }, provider.owner);
const one = (partnerTokenId: string) => ({ accountId: provider.accountId, partnerTokenId });
const get = (id: string) => tenancy.ask(getPartnerToken, one(id), provider.owner);
const remove = (id: string) => tenancy.refusal(deletePartnerToken, one(id), provider.owner);
const found = (id: string) => tenancy.refusal(getPartnerToken, one(id), provider.owner);

/** Who had this role when the gateway asked, and has none now. */
const oneWhoWas = (role: 'manager' | 'viewer' | 'supporter') => ({
  ...portalOf(uuidv7(), provider.accountId, role),
  modules: ['partner' as const],
});

describe('A partner token', () => {
  it('is shown once, waits for a client for thirty days, and its secret is kept as a hash', async () => {
    const { partnerToken, secret } = await create('The bakery');
    expect(checkSecret(secret, 'vkp')).toBe(true);
    const now = tenancy.service.clock.now();
    expect(partnerToken).toEqual({
      id: partnerToken.id,
      status: 'pending',
      clientName: 'The bakery',
      permissions: [],
      users: 0,
      createdAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + THIRTY_DAYS).toISOString(),
    });
    expect(await get(partnerToken.id)).toEqual({ ...partnerToken, revision: 1 });
    const rows = await tenancy.sql('SELECT secret_hash FROM partnerships WHERE id = $1', [partnerToken.id]);
    expect(rows).toEqual([{ secret_hash: hashSecret(secret) }]);
  });

  it('is told to its own account alone', async () => {
    const { partnerToken } = await create('The bakery');
    const data = { side: 'provider', accountName: 'Provider', clientName: 'The bakery' };
    expect(await partnershipEvents(tenancy, provider.accountId)).toMatchObject([
      { subject: partnerToken.id, actor: `user:${provider.ownerId}`, sequence: 1, data },
    ]);
  });

  it('may go without a name for the client', async () => {
    expect((await create()).partnerToken).not.toHaveProperty('clientName');
  });

  it('shows as lapsed from the moment its thirty days are over', async () => {
    const { partnerToken } = await create();
    tenancy.service.clock.advance(THIRTY_DAYS - 1);
    expect(await get(partnerToken.id)).toMatchObject({ status: 'pending' });
    tenancy.service.clock.advance(1);
    expect(await get(partnerToken.id)).toMatchObject({ status: 'lapsed' });
  });

  it('shows its client, the ceiling and how many are authorized once it was taken up', async () => {
    const id = await makePartnership(tenancy, provider, client, ['devices.manage', 'devices.view']);
    expect(await get(id)).toMatchObject({
      status: 'active',
      client: { id: client.accountId, name: 'Client' },
      permissions: ['devices.manage', 'devices.view'],
      users: 0,
    });
  });

  it('is for owners and managers to make, and for viewers to see', async () => {
    const { partnerToken } = await create();
    const { accountId } = provider;
    const make = (caller = provider.owner) => tenancy.refusal(createPartnerToken, { accountId }, caller);
    const see = (caller = provider.owner) => tenancy.refusal(getPartnerToken, one(partnerToken.id), caller);
    const manager = await tenancy.join(accountId, { type: 'account', id: accountId }, 'manager');
    expect(await make({ ...manager.caller, modules: ['partner'] })).toBeUndefined();
    expect(await make(oneWhoWas('manager'))).toBe('forbidden');
    for (const role of ['viewer', 'supporter'] as const) expect(await make(oneWhoWas(role))).toBe('forbidden');
    expect(await see(oneWhoWas('viewer'))).toBeUndefined();
    expect(await see(oneWhoWas('supporter'))).toBe('forbidden');
    expect(await make({ ...provider.owner, kind: 'access_key' })).toBe('key_not_allowed');
    expect(await see({ ...provider.owner, kind: 'access_key' })).toBeUndefined();
  });

  it('needs the module', async () => {
    const caller = { ...provider.owner, modules: [] };
    const { accountId } = provider;
    expect(await tenancy.refusal(createPartnerToken, { accountId }, caller)).toBe('module_disabled');
    expect(await tenancy.refusal(listPartnerTokens, { accountId }, caller)).toBe('module_disabled');
  });

  it('is nobody else’s: neither the client nor a stranger finds it', async () => {
    const id = await makePartnership(tenancy, provider, client, ['devices.view']);
    const stranger = await openCompany(tenancy, 'partner', 'Stranger');
    for (const { accountId, owner } of [client, stranger]) {
      const caller = { ...owner, modules: ['partner' as const] };
      const asked = { accountId, partnerTokenId: id };
      expect(await tenancy.refusal(getPartnerToken, asked, caller)).toBe('not_found');
      expect(await tenancy.refusal(deletePartnerToken, asked, caller)).toBe('not_found');
      expect(await tenancy.refusal(getPartnerToken, one(id), caller)).toBe('not_found');
    }
  });
});

describe('Deleting a partner token', () => {
  it.each([
    ['that is pending', 0],
    ['that has lapsed', THIRTY_DAYS],
  ])('%s leaves nothing of it', async (_what, later) => {
    const { partnerToken } = await create('The bakery');
    tenancy.service.clock.advance(later);
    expect(await remove(partnerToken.id)).toBeUndefined();
    expect(await found(partnerToken.id)).toBe('not_found');
    expect(await remove(partnerToken.id)).toBe('not_found');
    expect(await tenancy.sql('SELECT 1 FROM partnerships WHERE id = $1', [partnerToken.id])).toEqual([]);
    expect((await partnershipEvents(tenancy, provider.accountId)).at(-1)).toMatchObject({
      type: 'dev.valetkey.partnership.deleted.v1',
      sequence: 2,
      data: { side: 'provider', accountName: 'Provider', clientName: 'The bakery' },
    });
  });

  it.each(['active', 'disabled'])('of a partnership that is %s ends it for good, and tells both', async (status) => {
    const id = await makePartnership(tenancy, provider, client, ['devices.view']);
    await tenancy.sql(`UPDATE partnerships SET status = $2, client_name = 'The bakery' WHERE id = $1`, [id, status]);
    expect(await remove(id)).toBeUndefined();
    expect(await found(id)).toBe('not_found');
    expect(await tenancy.sql('SELECT status, deleted FROM partnerships WHERE id = $1', [id])).toEqual([
      { status: 'revoked', deleted: true },
    ]);
    const [mine] = await partnershipEvents(tenancy, provider.accountId);
    const [theirs] = await partnershipEvents(tenancy, client.accountId);
    expect(mine).toMatchObject({ actor: `user:${provider.ownerId}`, sequence: 2 });
    expect(theirs).toMatchObject({ actor: `account:${provider.accountId}`, sequence: 3 });
    expect(theirs?.correlationid).toBe(mine?.correlationid);
    expect([mine?.data, theirs?.data]).toEqual([
      {
        side: 'provider',
        accountName: 'Provider',
        counterpart: { id: client.accountId, name: 'Client' },
        clientName: 'The bakery',
      },
      { side: 'client', accountName: 'Client', counterpart: { id: provider.accountId, name: 'Provider' } },
    ]);
  });

  it('of a partnership that the client has revoked tells the client nothing', async () => {
    const id = await makePartnership(tenancy, provider, client, ['devices.view']);
    await tenancy.sql(`UPDATE partnerships SET status = 'revoked' WHERE id = $1`, [id]);
    expect(await get(id)).toMatchObject({ status: 'revoked', users: 0 });
    expect(await remove(id)).toBeUndefined();
    expect(await found(id)).toBe('not_found');
    expect(await partnershipEvents(tenancy, provider.accountId)).toHaveLength(1);
    expect(await partnershipEvents(tenancy, client.accountId)).toEqual([]);
  });

  it('many times at once does it once', async () => {
    const id = await makePartnership(tenancy, provider, client, ['devices.view']);
    const answers = await Promise.all(Array.from({ length: 8 }, () => remove(id)));
    expect(answers.filter((code) => code === undefined)).toHaveLength(1);
    expect(answers.filter((code) => code === 'not_found')).toHaveLength(7);
    expect(await partnershipEvents(tenancy, client.accountId)).toHaveLength(1);
  });
});
