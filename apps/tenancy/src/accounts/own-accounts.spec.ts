import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Caller,
  createAccount,
  getAccount,
  keepProfile,
  listAccounts,
  listReachableAccounts,
} from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { v7 as uuidv7 } from 'uuid';
import { portalOf, succeed, Tenancy } from '../../test/tenancy.ts';
import { MAX_OWNED } from './create-account.handler.ts';

let tenancy: Tenancy;

beforeAll(async () => {
  tenancy = await Tenancy.start();
});
afterAll(() => tenancy.stop());

const namesOf = async (caller: Caller, query?: string) =>
  (await tenancy.ask(listAccounts, { query }, caller)).items.map(({ name }) => name);

/** A user who has a profile and no account. */
async function newcomer(): Promise<Caller> {
  const userId = uuidv7();
  const profile = { userId, version: 1, name: 'Nell', primaryEmail: `${userId}@acme.example` };
  succeed(await tenancy.identity.ask(keepProfile, profile, tenancy.service.context()));
  const subject = { type: 'user' as const, id: userId, name: 'Nell' };
  return { ...anyCaller({ subject, grants: [] }), accountId: undefined };
}

describe('The accounts of a user', () => {
  it('are those of their memberships, each once, the newest first', async () => {
    const { accountId, owner, ownerId } = await tenancy.openAccount('First');
    const group = await tenancy.makeGroup(accountId);
    await tenancy.join(accountId, { type: 'group', id: group }, 'viewer', { userId: ownerId });
    const other = await tenancy.openAccount('Second');
    await tenancy.join(other.accountId, { type: 'account', id: other.accountId }, 'viewer', { userId: ownerId });
    await tenancy.openAccount('Foreign');

    expect(await namesOf(owner)).toEqual(['Second', 'First']);
    expect(await namesOf(owner, 'irs')).toEqual(['First']);
    expect(await namesOf(other.owner)).toEqual(['Second']);
  });

  it('come in pages', async () => {
    const nell = await newcomer();
    for (const name of ['one', 'two', 'three']) {
      tenancy.service.clock.advance(1);
      await tenancy.ask(createAccount, { name }, nell);
    }
    const first = await tenancy.ask(listAccounts, { limit: 2 }, nell);
    expect(first.items.map(({ name }) => name)).toEqual(['three', 'two']);
    const second = await tenancy.ask(listAccounts, { limit: 2, cursor: first.nextCursor ?? '' }, nell);
    expect(second).toMatchObject({ items: [{ name: 'one' }], nextCursor: null });
  });

  it('are for an access key the one that it belongs to', async () => {
    const { accountId } = await tenancy.openAccount('Keyed');
    const subject = { type: 'access-key' as const, id: uuidv7(), name: 'Robot' };
    expect(await namesOf(anyCaller({ kind: 'access_key', accountId, subject }))).toEqual(['Keyed']);
  });
});

describe('A further account', () => {
  it('has the user who makes it as its owner, whatever account they stand in', async () => {
    const { accountId, owner, ownerId } = await tenancy.openAccount('Old');
    tenancy.service.clock.advance(1);
    const made = await tenancy.ask(createAccount, { name: 'New' }, owner);
    expect(made).toMatchObject({ name: 'New', country: null, modules: { login_tokens: true, partner: false } });
    expect((await namesOf(owner)).sort()).toEqual(['New', 'Old']);
    expect(await tenancy.ask(getAccount, { accountId: made.id }, portalOf(ownerId, made.id, 'owner'))).toMatchObject(
      made,
    );
    expect(await tenancy.refusal(getAccount, { accountId: made.id }, owner)).toBe('not_found');

    const told = await tenancy.eventsOf(made.id);
    expect(told.map(({ type, actor }) => [type.split('.').slice(2, 4).join('.'), actor])).toEqual([
      ['account.created', `user:${ownerId}`],
      ['membership.granted', `user:${ownerId}`],
    ]);
    expect(accountId).not.toBe(made.id);
  });

  it('is made by a user who has none yet', async () => {
    const nell = await newcomer();
    expect(await namesOf(nell)).toEqual([]);
    await tenancy.ask(createAccount, { name: 'Hers' }, nell);
    expect(await tenancy.ask(listReachableAccounts, {}, nell)).toMatchObject([
      { account: { name: 'Hers' }, role: 'owner' },
    ]);
  });

  it('waits for what identity tells of its owner', async () => {
    const unknown = anyCaller();
    expect(await tenancy.refusal(createAccount, { name: 'Early' }, unknown)).toBe('unavailable');
    expect(await namesOf(unknown)).toEqual([]);
  });

  it('is one too many from a number on, however many are made at once', async () => {
    const nell = await newcomer();
    for (let made = 0; made < MAX_OWNED - 2; made += 1) await tenancy.ask(createAccount, { name: `No ${made}` }, nell);
    const refusals = await Promise.all(
      Array.from({ length: 6 }, (_, n) => tenancy.refusal(createAccount, { name: `Late ${n}` }, nell)),
    );
    expect(refusals.filter((code) => code === undefined)).toHaveLength(2);
    expect(refusals.filter((code) => code === 'too_many_accounts')).toHaveLength(4);
  });

  it('is made once, however often a request with one idempotency key comes', async () => {
    const nell = await newcomer();
    const again = { idempotency: { key: uuidv7(), bodyDigest: 'same' } };
    const { gateway } = tenancy.service;
    const ask = () => gateway.request(createAccount, { name: 'Once' }, tenancy.service.context(nell, again));
    await ask();
    await ask();
    expect(await namesOf(nell)).toEqual(['Once']);
  });

  it.each(['login_token', 'access_key', 'access_link'] as const)('is not made by a %s', async (kind) => {
    const refused = { login_token: 'portal_only', access_key: 'key_not_allowed', access_link: 'link_session' };
    expect(await tenancy.refusal(createAccount, { name: 'No' }, anyCaller({ kind }))).toBe(refused[kind]);
  });
});
