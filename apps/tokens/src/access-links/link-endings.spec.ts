import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Failure, keepAccount } from '@valetkey/contracts';
import type { AccountEvents } from '../../test/account-events.ts';
import { LinkHolders } from '../../test/link-holders.ts';
import { MINUTE, type Owner, Tokens } from '../../test/tokens.ts';

type Visit = Awaited<ReturnType<LinkHolders['visit']>>;

let tokens: Tokens;
let holders: LinkHolders;
let owner: Owner;
let account: AccountEvents;

beforeAll(async () => {
  tokens = await Tokens.start();
  holders = new LinkHolders(tokens);
});
beforeEach(async () => {
  owner = tokens.owner({ modules: ['access_links'] });
  account = tokens.tenancyOf(owner);
  await tokens.tell(account.created(null, ['access_links']));
});
afterAll(() => tokens.stop());

const told = async ({ link }: Pick<Visit, 'link'>) => (await tokens.told(`access-link:${link.id}`)).at(-1);
const endOf = async ({ session }: Visit) => (await tokens.eventsOf(`session:${session.id}`)).slice(1);
const tell = (how: 'granted' | 'changed' | 'removed', userId: string) =>
  holders.tell(holders.told(how, userId, owner.accountId));

async function expectGone(visit: Visit, reason: string): Promise<void> {
  expect(await holders.look(owner, visit)).toBeUndefined();
  expect(await told(visit)).toBe('deleted');
  expect(await holders.refusal({ secret: await holders.links.secretOf(visit.link) })).toBe('invalid_link');
  expect(await tokens.live(visit)).toEqual([false]);
  expect(await endOf(visit)).toMatchObject([{ data: { reason, accessLinkId: visit.link.id } }]);
}

async function expectThere(visit: Visit): Promise<void> {
  expect(await holders.look(owner, visit)).toMatchObject({ status: 'live' });
  expect(await tokens.live(visit)).toEqual([true]);
}

describe('An access link ends', () => {
  it('with its user’s last membership in the account, and so do its sessions', async () => {
    const visit = await holders.visit(owner);
    visit.person.roles.clear();
    await tell('removed', visit.person.userId);
    await expectGone(visit, 'membership-lost');
  });

  it('when the supporter who sent it is one no more', async () => {
    const supporter = holders.links.supporter(owner);
    const [visit, ofOwner] = [await holders.visit(supporter), await holders.visit(owner)];
    tokens.people.of(supporter).roles.set(owner.accountId, 'viewer');
    await tell('changed', supporter.subject.id);
    await expectGone(visit, 'credential-deleted');
    await expectThere(ofOwner);
  });

  it('when whoever edited it last leaves, though who made it stays', async () => {
    const supporter = holders.links.supporter(owner);
    const { link, person } = await holders.mailed(owner);
    await holders.links.edit(supporter, link, { maxUses: 2 });
    const secret = await holders.links.secretOf(link, 2);
    const visit = { link, person, ...(await holders.redeem({ secret })) };
    tokens.people.of(supporter).roles.clear();
    await tell('removed', supporter.subject.id);
    expect(await told(visit)).toBe('deleted');
    expect(await tokens.live(visit)).toEqual([false]);
  });

  it.each(['granted', 'changed'] as const)(
    'that a supporter sent when its user becomes an owner, membership %s',
    async (how) => {
      const visit = await holders.visit(holders.links.supporter(owner));
      const ofOwner = await holders.visit(owner);
      for (const { person } of [visit, ofOwner]) {
        person.roles.set(owner.accountId, 'owner');
        await tell(how, person.userId);
      }
      await expectGone(visit, 'credential-deleted');
      await expectThere(ofOwner);
    },
  );

  it('when its user removes the address that it was mailed to, wherever its account', async () => {
    const visit = await holders.visit(owner);
    const beside = await holders.visit(owner);
    await holders.removed({ ...visit.person, emailId: beside.person.emailId });
    await expectThere(visit);

    await holders.removed(visit.person);
    await expectGone(visit, 'credential-deleted');
    await holders.removed(visit.person);
    await expectThere(beside);
  });

  it('though all its uses are spent, or it is locked', async () => {
    const [spent, locked] = [await holders.visit(owner, { maxUses: 1 }), await holders.visit(owner)];
    await tokens.sql(`UPDATE access_links SET status = 'locked' WHERE id = $1`, [locked.link.id]);
    for (const visit of [spent, locked]) {
      await holders.removed(visit.person);
      await expectGone(visit, 'credential-deleted');
    }
  });

  it('with all that a supporter has sent, for every thousand of which tenancy is asked once', async () => {
    const supporter = holders.links.supporter(owner);
    const { link } = await holders.mailed(supporter);
    await tokens.sql(
      `INSERT INTO access_links SELECT copy.* FROM access_links l, generate_series(1, 1500) n, LATERAL jsonb_populate_record(
         l, jsonb_build_object('id', uuidv7(), 'user_id', uuidv7(), 'secret_hash', 'copy' || n)) copy
         WHERE l.id = $1`,
      [link.id],
    );
    const kept = await holders.mailed(owner);
    tokens.people.questions = 0;
    tokens.people.of(supporter).roles.clear();
    await tell('removed', supporter.subject.id);

    expect(tokens.people.questions).toBe(2);
    const left = await tokens.sql('SELECT id FROM access_links WHERE account_id = $1', [owner.accountId]);
    expect(left).toEqual([{ id: kept.link.id }]);
    expect(await told({ link })).toBe('deleted');
  });
});

describe('What tenancy says now decides, not what an event said', () => {
  it('so one that comes late ends nothing of who is a member again', async () => {
    const visit = await holders.visit(owner);
    await tell('removed', visit.person.userId);
    await expectThere(visit);
  });

  it('nor does it of an account that it knows no more: if it comes back, its links do', async () => {
    const visit = await holders.visit(owner);
    tokens.people.goneAccounts.add(owner.accountId);
    await tell('changed', visit.person.userId);
    await expectThere(visit);
  });
});

it('A link that has expired stays in the list as it is, whatever becomes of its user', async () => {
  const { link, person } = await holders.mailed(owner, { expiresAt: tokens.later(MINUTE).toISOString() });
  await tokens.pass(MINUTE);
  person.roles.clear();
  await tell('removed', person.userId);
  await holders.removed(person);
  expect(await holders.look(owner, { link })).toMatchObject({ status: 'expired' });
});

describe('When time has come', () => {
  it.each(['live', 'locked'])('a link that is %s expires, and its sessions end with it', async (status) => {
    const visit = await holders.visit(owner, { expiresAt: tokens.later(MINUTE).toISOString() });
    await tokens.sql('UPDATE access_links SET status = $2 WHERE id = $1', [visit.link.id, status]);
    await tokens.pass(MINUTE);

    expect(await holders.look(owner, visit)).toMatchObject({ status: 'expired' });
    expect(await tokens.told(`access-link:${visit.link.id}`)).toEqual(['created', 'redeemed', 'expired']);
    expect(await endOf(visit)).toMatchObject([{ actor: 'service:tokens', data: { reason: 'credential-expired' } }]);
  });

  it('a used one stays used', async () => {
    const visit = await holders.visit(owner, { expiresAt: tokens.later(MINUTE).toISOString(), maxUses: 1 });
    await tokens.pass(MINUTE);
    expect(await holders.look(owner, visit)).toMatchObject({ status: 'used' });
    expect(await told(visit)).toBe('used');
    expect(await endOf(visit)).toMatchObject([{ data: { reason: 'credential-expired' } }]);
  });
});

describe('While the module is off', () => {
  it('links are suspended and their sessions over; on again, they open new ones', async () => {
    const visit = await holders.visit(owner);
    await tokens.tell(account.disabled('access_links', ['login_tokens']));

    expect(await holders.look(owner, visit)).toMatchObject({ status: 'suspended' });
    expect(await holders.refusal({ secret: await holders.links.secretOf(visit.link) })).toBe('invalid_link');
    expect(await endOf(visit)).toMatchObject([{ data: { reason: 'module-disabled' } }]);

    await tokens.tell(account.enabled('access_links'));
    expect(await tokens.live(visit)).toEqual([false]);
    expect(await holders.refusal({ secret: await holders.links.secretOf(visit.link) })).toBeUndefined();
  });

  it('of login tokens, links go on', async () => {
    const visit = await holders.visit(owner);
    await tokens.tell(account.disabled('login_tokens', ['access_links']));
    await expectThere(visit);
  });

  it('links learn of it from tenancy’s word as well as from its event', async () => {
    const visit = await holders.visit(owner);
    const tenancy = await tokens.service.as('tenancy');
    const kept = { accountId: owner.accountId, sequence: 9, tokenSessionLimit: null, modules: [] };
    expect(await tenancy.ask(keepAccount, kept, tokens.service.context())).not.toBeInstanceOf(Failure);
    expect(await endOf(visit)).toMatchObject([{ data: { reason: 'module-disabled' } }]);
  });
});

describe('When an account is deleted', () => {
  it('its links open nothing and their sessions end; restored, they open new ones', async () => {
    const visit = await holders.visit(owner);
    const secret = await holders.links.secretOf(visit.link);
    await tokens.tell(account.deleted());
    expect(await holders.refusal({ secret })).toBe('invalid_link');
    expect(await endOf(visit)).toMatchObject([{ data: { reason: 'credential-deleted' } }]);

    await tokens.tell(account.restored());
    expect(await tokens.live(visit)).toEqual([false]);
    expect(await holders.refusal({ secret })).toBeUndefined();
  });
});
