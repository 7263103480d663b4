import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  authorizePartnerUsers,
  getPartnerToken,
  listPartnerTokenUsers,
  revokePartnerUser,
  updatePartnerUser,
} from '@valetkey/contracts';
import { Replayed } from '@valetkey/messaging';
import { v7 as uuidv7 } from 'uuid';
import { partnershipActions, partnershipEvents } from '../../test/partnership-events.ts';
import { makePartnership, openCompany } from '../../test/partnerships.ts';
import { portalOf, Tenancy, type Tenant } from '../../test/tenancy.ts';

const [manage, view, edit] = ['devices.manage', 'devices.view', 'rooms.edit'];

let tenancy: Tenancy;
let provider: Tenant;
let client: Tenant;
let id: string;

beforeAll(async () => {
  tenancy = await Tenancy.start();
});
beforeEach(async () => {
  provider = await openCompany(tenancy, 'partner', 'Provider');
  client = await openCompany(tenancy, 'client', 'Client');
  id = await makePartnership(tenancy, provider, client, [manage, view]);
});
afterAll(() => tenancy.stop());

const one = (partnerTokenId = id) => ({ accountId: provider.accountId, partnerTokenId });
const asked = (userIds: string[], permissions = [view]) => ({ ...one(), userIds, permissions });
const authorize = (userIds: string[], permissions?: string[]) =>
  tenancy.ask(authorizePartnerUsers, asked(userIds, permissions), provider.owner);
const authorizing = (userIds: string[], permissions?: string[]) =>
  tenancy.refusal(authorizePartnerUsers, asked(userIds, permissions), provider.owner);
const update = (userId: string, permissions: string[], ifMatch?: string) =>
  tenancy.ask(updatePartnerUser, { ...one(), userId, permissions }, provider.owner, { ifMatch });
const updating = (userId: string, permissions: string[], ifMatch?: string) =>
  tenancy.refusal(updatePartnerUser, { ...one(), userId, permissions }, provider.owner, { ifMatch });
const revoking = (userId: string) => tenancy.refusal(revokePartnerUser, { ...one(), userId }, provider.owner);
const list = async () => (await tenancy.ask(listPartnerTokenUsers, { ...one(), limit: 100 }, provider.owner)).items;
const usersOf = async () => (await tenancy.ask(getPartnerToken, one(), provider.owner)).users;
const setStatus = (status: string) => tenancy.sql('UPDATE partnerships SET status = $2 WHERE id = $1', [id, status]);

async function member(name = 'Max Member'): Promise<string> {
  const { accountId } = provider;
  return (await tenancy.join(accountId, { type: 'account', id: accountId }, 'viewer', { name })).userId;
}

async function members(count: number): Promise<string[]> {
  const rows = await tenancy.sql(
    `WITH made AS (
       INSERT INTO profiles (user_id, version, name, primary_email)
       SELECT uuidv7(), 1, 'Member ' || n, n || '@acme.example' FROM generate_series(1, $2::int) n RETURNING user_id
     )
     INSERT INTO memberships (id, user_id, account_id, role, version, created_at)
     SELECT user_id, user_id, $1, 'viewer', 1, $3 FROM made RETURNING user_id`,
    [provider.accountId, count, tenancy.service.clock.now()],
  );
  return rows.map((row) => String(row['user_id']));
}

describe('Authorizing users', () => {
  it('lets members in with permissions within the ceiling, and tells both companies of each', async () => {
    const [max, eva] = [await member('Max'), await member('Eva')];
    const { items } = await authorize([max, eva], [view, manage, view]);
    const createdAt = tenancy.service.clock.now().toISOString();
    const granted = { permissions: [manage, view], createdAt };
    expect(items).toHaveLength(2);
    expect(items).toEqual(
      expect.arrayContaining([
        { user: { id: max, name: 'Max' }, ...granted },
        { user: { id: eva, name: 'Eva' }, ...granted },
      ]),
    );
    expect(await list()).toEqual(items);
    expect(await usersOf()).toBe(2);

    const mine = await partnershipEvents(tenancy, provider.accountId);
    const theirs = await partnershipEvents(tenancy, client.accountId);
    const told = items.map(({ user }, n) => ({
      partnershipId: id,
      user,
      permissions: [manage, view],
      changes: [{ field: 'permissions', to: [manage, view] }],
      batch: { number: n + 1, of: 2 },
    }));
    const own = { side: 'provider', accountName: 'Provider', counterpart: { id: client.accountId, name: 'Client' } };
    const other = { side: 'client', accountName: 'Client', counterpart: { id: provider.accountId, name: 'Provider' } };
    expect(mine.map(({ data }) => data)).toEqual(told.map((each) => ({ ...own, ...each })));
    expect(theirs.map(({ data }) => data)).toEqual(told.map((each) => ({ ...other, ...each })));
    expect(mine.map(({ actor, sequence }) => [actor, sequence])).toEqual(
      told.map(() => [`user:${provider.ownerId}`, 1]),
    );
    expect(theirs.map(({ actor, sequence }) => [actor, sequence])).toEqual(
      told.map(() => [`account:${provider.accountId}`, 2]),
    );
  });

  it('has them in the order in which they were named, in the answer, the list and what is told', async () => {
    const users = await members(20);
    const named = users.map((_, n) => users[(n * 7) % 20] ?? '');
    const { items } = await authorize(named);
    expect(items.map(({ user }) => user.id)).toEqual(named);
    expect(await list()).toEqual(items);
    const told = (await partnershipEvents(tenancy, client.accountId)).map(({ data }) => data);
    expect(told).toMatchObject(named.map((userId, n) => ({ user: { id: userId }, batch: { number: n + 1, of: 20 } })));
  });

  it('takes each once, however often they are named', async () => {
    const max = await member();
    expect((await authorize([max, max.toUpperCase()])).items).toHaveLength(1);
  });

  it('is for members of any level, oneself too, and for nobody else', async () => {
    const organization = await tenancy.makeOrganization(provider.accountId);
    const scope = { type: 'organization', id: organization } as const;
    const { userId } = await tenancy.join(provider.accountId, scope, 'viewer');
    await authorize([userId, provider.ownerId]);
    expect(await authorizing([uuidv7()])).toBe('not_a_member');
    expect(await authorizing([client.ownerId])).toBe('not_a_member');
  });

  it('takes all or none', async () => {
    const users = await members(99);
    expect(await authorizing([...users, client.ownerId])).toBe('not_a_member');
    expect([await list(), await usersOf()]).toEqual([[], 0]);
    await authorize(users.slice(98));
    expect(await authorizing(users)).toBe('already_authorized');
    expect([await usersOf(), await partnershipActions(tenancy, client.accountId)]).toEqual([
      1,
      ['partner-user.authorized'],
    ]);
    await authorize([...users.slice(0, 98), provider.ownerId]);
    expect([(await list()).length, await usersOf()]).toEqual([100, 100]);
  });

  it('takes a hundred at once, and a hundred and one never', async () => {
    const users = await members(100);
    expect(await authorizing([...users, provider.ownerId])).toBe('malformed');
    expect(await authorizing([])).toBe('malformed');
    expect((await authorize(users)).items).toHaveLength(100);
    expect(await partnershipActions(tenancy, client.accountId)).toHaveLength(100);
  });

  it('goes no higher than the ceiling', async () => {
    expect(await authorizing([await member()], [view, edit])).toBe('above_ceiling');
    expect(await authorizing([await member()], [])).toBe('malformed');
    expect(await list()).toEqual([]);
  });

  it('needs a partnership that is active', async () => {
    const max = await member();
    for (const status of ['disabled', 'revoked']) {
      await setStatus(status);
      expect(await authorizing([max])).toBe('partnership_not_active');
    }
    expect(await authorizing([uuidv7()])).toBe('partnership_not_active');
  });

  it('is repeated without doing it twice', async () => {
    const max = await member();
    const idempotency = { key: uuidv7(), bodyDigest: 'a' };
    const { gateway } = tenancy.service;
    const context = () => tenancy.service.context(provider.owner, { idempotency });
    const { answer } = await gateway.request(authorizePartnerUsers, asked([max]), context());
    const again = await gateway.request(authorizePartnerUsers, asked([max]), context());
    expect(again.answer).toEqual(new Replayed(answer));
    expect(await usersOf()).toBe(1);
  });

  it('is for owners and managers who still are, in a partnership of their account', async () => {
    const viewer = { ...portalOf(await member(), provider.accountId, 'manager'), modules: ['partner' as const] };
    expect(await tenancy.refusal(authorizePartnerUsers, asked([provider.ownerId]), viewer)).toBe('forbidden');
    const stranger = await openCompany(tenancy, 'partner', 'Stranger');
    const elsewhere = { ...asked([stranger.ownerId]), accountId: stranger.accountId };
    expect(await tenancy.refusal(authorizePartnerUsers, elsewhere, stranger.owner)).toBe('not_found');
  });
});

describe('What a user is granted', () => {
  it('is changed within the ceiling, and both companies are told from what to what', async () => {
    const max = await member('Max');
    await authorize([max]);
    const changed = await update(max, [view, manage]);
    expect(changed).toMatchObject({ user: { id: max, name: 'Max' }, permissions: [manage, view], revision: 4 });
    const changes = [{ field: 'permissions', from: [view], to: [manage, view] }];
    for (const [{ accountId }, sequence] of [[provider, 3] as const, [client, 4] as const]) {
      expect((await partnershipEvents(tenancy, accountId)).at(-1)).toMatchObject({
        type: 'dev.valetkey.partner-user.changed.v1',
        sequence,
        data: { partnershipId: id, user: { id: max }, permissions: [manage, view], changes },
      });
    }
  });

  it('stays untold when it stays the same', async () => {
    const max = await member();
    await authorize([max], [view, manage]);
    expect(await update(max, [manage, view])).toMatchObject({ revision: 2 });
    expect(await partnershipActions(tenancy, client.accountId)).toEqual(['partner-user.authorized']);
  });

  it('is told after what the ceiling has cut meanwhile', async () => {
    const max = await member();
    await authorize([max], [view, manage]);
    await tenancy.sql(
      'UPDATE partner_users SET permissions = $2, narrowed_from = permissions, version = version + 2 WHERE user_id = $1',
      [max, [manage]],
    );
    await update(max, [view]);
    expect((await partnershipEvents(tenancy, client.accountId)).slice(-2)).toMatchObject([
      { sequence: 4, data: { changes: [{ from: [manage, view], to: [manage] }] } },
      { sequence: 6, data: { changes: [{ from: [manage], to: [view] }] } },
    ]);
    const rows = await tenancy.sql('SELECT narrowed_from, version FROM partner_users WHERE user_id = $1', [max]);
    expect(rows).toEqual([{ narrowed_from: null, version: 6 }]);
  });

  it('is not changed above the ceiling, while disabled, when stale, or for somebody who is not authorized', async () => {
    const max = await member();
    await authorize([max]);
    expect(await updating(max, [view, edit])).toBe('above_ceiling');
    expect(await updating(max, [manage], '"1"')).toBe('precondition_failed');
    expect(await updating(max, [manage], '"2"')).toBeUndefined();
    expect(await updating(provider.ownerId, [view])).toBe('not_found');
    await setStatus('disabled');
    expect(await updating(max, [view])).toBe('partnership_not_active');
    await setStatus('revoked');
    expect(await updating(max, [view])).toBe('not_found');
  });
});

describe('Revoking a user', () => {
  it.each(['active', 'disabled'])('takes the grant at once while the partnership is %s', async (status) => {
    const [max, eva] = [await member('Max'), await member('Eva')];
    await authorize([max, eva]);
    await setStatus(status);
    expect(await revoking(max)).toBeUndefined();
    expect((await list()).map(({ user }) => user.id)).toEqual([eva]);
    expect(await usersOf()).toBe(1);
    expect(await revoking(max)).toBe('not_found');
    for (const { accountId } of [provider, client]) {
      const revoked = (await partnershipEvents(tenancy, accountId)).filter(({ type }) => type.includes('revoked'));
      expect(revoked).toMatchObject([{ data: { partnershipId: id, user: { id: max, name: 'Max' } } }]);
    }
  });

  it('leaves room to authorize them anew', async () => {
    const max = await member();
    await authorize([max]);
    await revoking(max);
    expect(await authorizing([max], [manage])).toBeUndefined();
  });

  it('finds nobody in a partnership that has ended', async () => {
    const max = await member();
    await authorize([max]);
    await setStatus('revoked');
    expect(await revoking(max)).toBe('not_found');
    expect([await list(), await usersOf()]).toEqual([[], 0]);
  });
});

describe('At once', () => {
  it('many authorizations of one user make one', async () => {
    const max = await member();
    const answers = await Promise.all(Array.from({ length: 10 }, () => authorizing([max])));
    expect(answers.filter((code) => code === undefined)).toHaveLength(1);
    expect(answers.filter((code) => code === 'already_authorized')).toHaveLength(9);
    expect(await partnershipActions(tenancy, client.accountId)).toEqual(['partner-user.authorized']);
  });

  it('overlapping hundreds are all or none each: of two that share one user, one', async () => {
    const users = await members(30);
    const [one, other] = [users.slice(0, 16), users.slice(15)];
    const answers = await Promise.all([authorizing(one), authorizing(other)]);
    expect([...answers].sort()).toEqual(['already_authorized', undefined]);
    const taken = answers[0] === undefined ? one : other;
    expect((await list()).map(({ user }) => user.id).sort()).toEqual([...taken].sort());
    expect(await usersOf()).toBe(taken.length);
  });

  it('changing and revoking: revoked they stay, and nothing is told after it', async () => {
    const max = await member();
    await authorize([max]);
    const answers = await Promise.all([
      updating(max, [manage]),
      updating(max, [manage, view]),
      revoking(max),
      updating(max, [manage]),
    ]);
    expect(answers[2]).toBeUndefined();
    expect(answers.filter((code) => code !== undefined && code !== 'not_found')).toEqual([]);
    expect(await list()).toEqual([]);
    expect((await partnershipActions(tenancy, client.accountId)).at(-1)).toBe('partner-user.revoked');
  });
});
