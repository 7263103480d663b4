import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AccessDecision,
  getAccountPolicy,
  type InputOf,
  keepAccount,
  resolveAccess,
  type Standing,
  updateAccount,
  updateAccountPolicy,
} from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { portalOf, Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
/** What tokens was told, the latest last. */
const kept: InputOf<typeof keepAccount>[] = [];
const asSet = { requireTwoFactor: 'off', managersMayDelete: false, portalIdleMinutes: 60, portalMaxHours: 24 };

beforeAll(async () => {
  const tokens = (told: InputOf<typeof keepAccount>) => {
    kept.push(told);
    return {};
  };
  tenancy = await Tenancy.start({}, [{ contract: keepAccount, answer: tokens }]);
});
afterAll(() => tenancy.stop());

const changesOf = async ({ accountId }: Tenant) =>
  (await tenancy.eventsOf(accountId)).filter(({ type }) => type === 'dev.valetkey.account.policy-changed.v1');

async function decide(accountId: string, holder: Standing['holder']): Promise<AccessDecision | null> {
  const { decisions } = await tenancy.ask(resolveAccess, { standings: [{ accountId, holder }] });
  return decisions[0] ?? null;
}

describe('An account’s security policy', () => {
  it('demands little until an owner says otherwise', async () => {
    const { accountId, owner } = await tenancy.openAccount();
    expect(await tenancy.ask(getAccountPolicy, { accountId }, owner)).toEqual({ ...asSet, revision: 1 });
  });

  it('is changed by an owner: what is absent stays', async () => {
    const tenant = await tenancy.openAccount('Acme');
    const { accountId, owner, ownerId } = tenant;
    await tenancy.ask(updateAccountPolicy, { accountId, portalIdleMinutes: 5 }, owner);
    const wanted = { requireTwoFactor: 'owners', managersMayDelete: true } as const;
    const updated = await tenancy.ask(updateAccountPolicy, { accountId, ...wanted }, owner);
    const policy = { ...asSet, ...wanted, portalIdleMinutes: 5 };
    expect(updated).toEqual({ ...policy, revision: 3 });
    expect(await tenancy.ask(getAccountPolicy, { accountId }, owner)).toEqual(updated);

    const [, told] = await changesOf(tenant);
    const changes = [
      { field: 'requireTwoFactor', from: 'off', to: 'owners' },
      { field: 'managersMayDelete', from: false, to: true },
    ];
    const data = { accountName: 'Acme', changes, ...policy };
    expect(told).toMatchObject({ subject: accountId, actor: `user:${ownerId}`, sequence: 3, data });
  });

  it('that stays as it is keeps its revision, tells nothing and asks tokens nothing', async () => {
    const tenant = await tenancy.openAccount();
    const { accountId, owner } = tenant;
    const before = kept.length;
    expect(await tenancy.ask(updateAccountPolicy, { accountId, ...asSet, requireTwoFactor: 'off' }, owner)).toEqual({
      ...asSet,
      revision: 1,
    });
    expect(await changesOf(tenant)).toEqual([]);
    expect(kept).toHaveLength(before);
  });

  it('is kept by tokens before it is answered: how long portal sessions live', async () => {
    const { accountId, owner } = await tenancy.openAccount();
    await tenancy.ask(updateAccountPolicy, { accountId, portalIdleMinutes: 1440, portalMaxHours: 720 }, owner);
    const lengths = { portalIdleMinutes: 1440, portalMaxHours: 720 };
    expect(kept.at(-1)).toMatchObject({ accountId, sequence: 2, ...lengths, deleted: false });
  });

  it('takes effect on guards before it is answered', async () => {
    const { accountId, owner } = await tenancy.openAccount();
    const asked = { accountId, requireTwoFactor: 'everyone' as const };
    const { touched } = await tenancy.service.gateway.request(
      updateAccountPolicy,
      asked,
      tenancy.service.context(owner),
    );
    expect(touched).toEqual([`account:${accountId}`]);
    const unsent = 'SELECT 1 FROM outbox WHERE sent_at IS NULL AND entity = $1';
    expect(await tenancy.sql(unsent, [`account:${accountId}`])).toEqual([]);
  });

  it('has a revision of its own, which If-Match is compared with', async () => {
    const { accountId, owner } = await tenancy.openAccount();
    await tenancy.ask(updateAccount, { accountId, name: 'Renamed' }, owner);
    const change = { accountId, managersMayDelete: true };
    expect(await tenancy.refusal(updateAccountPolicy, change, owner, { ifMatch: '"2"' })).toBe('precondition_failed');
    const updated = await tenancy.ask(updateAccountPolicy, change, owner, { ifMatch: '"1"' });
    expect(updated).toMatchObject({ managersMayDelete: true, revision: 2 });
  });

  it.each([
    { portalIdleMinutes: 4 },
    { portalIdleMinutes: 1441 },
    { portalIdleMinutes: 5.5 },
    { portalMaxHours: 0 },
    { portalMaxHours: 721 },
  ])('refuses %j', async (lengths) => {
    const { accountId, owner } = await tenancy.openAccount();
    expect(await tenancy.refusal(updateAccountPolicy, { accountId, ...lengths }, owner)).toBe('malformed');
  });

  it('is read by managers and changed by owners alone', async () => {
    const { accountId } = await tenancy.openAccount();
    const account = { type: 'account', id: accountId } as const;
    for (const [role, reads] of [
      ['manager', undefined],
      ['viewer', 'forbidden'],
      ['supporter', 'forbidden'],
    ] as const) {
      const { caller } = await tenancy.join(accountId, account, role);
      expect(await tenancy.refusal(getAccountPolicy, { accountId }, caller)).toBe(reads);
      expect(await tenancy.refusal(updateAccountPolicy, { accountId }, caller)).toBe('forbidden');
    }
  });

  it('is changed by nobody who was an owner a moment ago', async () => {
    const { accountId, owner, ownerId } = await tenancy.openAccount();
    await tenancy.sql(`UPDATE memberships SET role = 'manager' WHERE user_id = $1`, [ownerId]);
    expect(await tenancy.refusal(updateAccountPolicy, { accountId, requireTwoFactor: 'off' }, owner)).toBe('forbidden');
  });

  it('is another tenant’s secret', async () => {
    const { accountId } = await tenancy.openAccount();
    expect(await tenancy.refusal(getAccountPolicy, { accountId }, anyCaller())).toBe('not_found');
    const forged = portalOf(anyCaller().subject.id, accountId, 'owner');
    expect(await tenancy.refusal(updateAccountPolicy, { accountId, managersMayDelete: true }, forged)).toBe(
      'forbidden',
    );
  });
});

describe('Required two-factor', () => {
  it('is said with the access of those whom it binds: owners, everyone, nobody', async () => {
    const { accountId, owner, ownerId } = await tenancy.openAccount();
    const { userId } = await tenancy.join(accountId, { type: 'account', id: accountId }, 'viewer');
    const bound = async (requireTwoFactor: 'off' | 'owners' | 'everyone') => {
      await tenancy.ask(updateAccountPolicy, { accountId, requireTwoFactor }, owner);
      const decisions = await Promise.all([decide(accountId, { userId: ownerId }), decide(accountId, { userId })]);
      return decisions.map((decision) => decision?.twoFactorRequired ?? false);
    };
    expect(await bound('owners')).toEqual([true, false]);
    expect(await bound('everyone')).toEqual([true, true]);
    expect(await bound('off')).toEqual([false, false]);
  });

  it('binds no token and no key', async () => {
    const { accountId, owner } = await tenancy.openAccount();
    await tenancy.ask(updateAccountPolicy, { accountId, requireTwoFactor: 'everyone' }, owner);
    const grant = { scope: { type: 'account' as const, id: accountId }, role: 'manager' as const };
    expect(await decide(accountId, { grant })).not.toHaveProperty('twoFactorRequired');
  });
});
