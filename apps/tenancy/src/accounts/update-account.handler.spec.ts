import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getAccount, updateAccount } from '@valetkey/contracts';
import { portalOf, Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let tenant: Tenant;

beforeAll(async () => {
  tenancy = await Tenancy.start({ PUBLIC_URL: 'https://access.acme.example' });
});

afterAll(async () => {
  await tenancy.stop();
});

async function updatesOf(accountId: string) {
  const events = await tenancy.eventsOf(accountId);
  return events.filter(({ type }) => type === 'dev.valetkey.account.updated.v1');
}

describe('an account’s profile', () => {
  it('is changed by an owner: what is absent stays, null removes', async () => {
    const { accountId, owner } = await tenancy.openAccount('Acme');
    await tenancy.ask(updateAccount, { accountId, country: 'PT', tokenSessionLimit: 20 }, owner);
    const updated = await tenancy.ask(updateAccount, { accountId, name: 'Acme Ltd', country: null }, owner);
    expect(updated).toMatchObject({ name: 'Acme Ltd', country: null, tokenSessionLimit: 20, revision: 3 });
    expect(await tenancy.ask(getAccount, { accountId }, owner)).toEqual(updated);
  });

  it('tells what changed, in the order of the changes', async () => {
    const { accountId, owner } = await tenancy.openAccount('Acme');
    await tenancy.ask(updateAccount, { accountId, tokenSessionLimit: 20 }, owner);
    await tenancy.ask(updateAccount, { accountId, name: 'Acme Ltd' }, owner);
    expect(await updatesOf(accountId)).toMatchObject([
      {
        sequence: 2,
        actor: `user:${owner.subject.id}`,
        data: { name: 'Acme', changes: [{ field: 'tokenSessionLimit', from: null, to: 20 }], tokenSessionLimit: 20 },
      },
      {
        sequence: 3,
        data: { name: 'Acme Ltd', changes: [{ field: 'name', from: 'Acme', to: 'Acme Ltd' }], tokenSessionLimit: 20 },
      },
    ]);
  });

  it('that stays as it is keeps its revision and tells nothing', async () => {
    const { accountId, owner } = await tenancy.openAccount('Acme');
    expect(await tenancy.ask(updateAccount, { accountId, name: 'Acme' }, owner)).toMatchObject({ revision: 1 });
    expect(await updatesOf(accountId)).toEqual([]);
  });

  it('takes a landing page on the gateway’s host only', async () => {
    const { accountId, owner } = await tenancy.openAccount();
    const here = { accountId, landingUrl: 'https://access.acme.example/start' };
    expect(await tenancy.ask(updateAccount, here, owner)).toMatchObject({ landingUrl: here.landingUrl });
    const elsewhere = ['https://evil.example/', 'http://127.0.0.1:8300/x', 'ftp://127.0.0.1/', 'javascript:alert(1)'];
    for (const landingUrl of elsewhere) {
      const refusal = await tenancy.refusal(updateAccount, { accountId, landingUrl }, owner);
      expect({ landingUrl, refusal }).toEqual({ landingUrl, refusal: 'landing_url_not_allowed' });
    }
    for (const landingUrl of ['', 'start', '//evil.example/', 'https://'])
      expect(await tenancy.refusal(updateAccount, { accountId, landingUrl }, owner)).toBe('malformed');
  });
});

describe('If-Match', () => {
  beforeAll(async () => {
    tenant = await tenancy.openAccount();
  });

  it('refuses a change to another revision than the present one, even one that changes nothing', async () => {
    const { accountId, owner } = tenant;
    for (const ifMatch of ['"2"', 'W/"1"', 'nonsense']) {
      const change = { accountId, name: 'Acme' };
      expect(await tenancy.refusal(updateAccount, change, owner, { ifMatch })).toBe('precondition_failed');
    }
  });

  it('lets one of many simultaneous changes to one revision through', async () => {
    const { accountId, owner } = tenant;
    const refusals = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        tenancy.refusal(updateAccount, { accountId, name: `Acme ${n}` }, owner, { ifMatch: '"1"' }),
      ),
    );
    expect(refusals.filter((code) => code === undefined)).toHaveLength(1);
    expect(refusals.filter((code) => code === 'precondition_failed')).toHaveLength(9);
  });
});

describe('who may change an account', () => {
  it('is read again when it is written: an owner demoted a moment ago may not', async () => {
    const { accountId, owner, ownerId } = await tenancy.openAccount();
    await tenancy.sql(`UPDATE memberships SET role = 'manager' WHERE user_id = $1`, [ownerId]);
    expect(await tenancy.refusal(updateAccount, { accountId, name: 'Mine' }, owner)).toBe('forbidden');
  });

  it('is no member of another account, whatever the caller says of it', async () => {
    const { accountId } = await tenancy.openAccount();
    const { owner, ownerId } = await tenancy.openAccount();
    expect(await tenancy.refusal(updateAccount, { accountId, name: 'Mine' }, owner)).toBe('not_found');
    const forged = portalOf(ownerId, accountId, 'owner');
    expect(await tenancy.refusal(updateAccount, { accountId, name: 'Mine' }, forged)).toBe('forbidden');
  });
});
