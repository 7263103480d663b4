import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  authorizePartnerUsers,
  deletePartner,
  deletePartnerToken,
  getPartner,
  revokePartnerUser,
  updatePartner,
  updatePartnerUser,
} from '@valetkey/contracts';
import { Outbox } from '@valetkey/outbox';
import { partnershipActions, partnershipEvents } from '../../test/partnership-events.ts';
import { authorizeUser, makePartnership, openCompany } from '../../test/partnerships.ts';
import { cataloguePermissions } from '../../test/permissions.ts';
import { Tenancy, type Tenant } from '../../test/tenancy.ts';
import { SettleGrantsJob } from './settle-grants.job.ts';

const all = ['devices.manage', 'devices.view'];
const MANY = 10_000;

let tenancy: Tenancy;
let provider: Tenant;
let client: Tenant;
let partnerId: string;

beforeAll(async () => {
  tenancy = await Tenancy.start();
  await cataloguePermissions(tenancy, ...all);
});
beforeEach(async () => {
  provider = await openCompany(tenancy, 'partner', 'Provider');
  client = await openCompany(tenancy, 'client', 'Client');
  partnerId = await makePartnership(tenancy, provider, client, all);
});
afterAll(() => tenancy.stop());

const one = () => ({ accountId: client.accountId, partnerId });
const token = () => ({ accountId: provider.accountId, partnerTokenId: partnerId });
const narrow = (permissions = ['devices.view']) => tenancy.ask(updatePartner, { ...one(), permissions }, client.owner);
const settle = () => tenancy.service.app.get(SettleGrantsJob).run();
/** Beside the first, with a connection of its own, as in another replica. */
const settleElsewhere = () => new SettleGrantsJob(tenancy.service.app.get(Outbox)).run();
const eventsOf = async ({ accountId }: Tenant, action: string) =>
  (await partnershipEvents(tenancy, accountId)).filter(({ type }) => type === `dev.valetkey.partner-user.${action}.v1`);

async function member(name?: string): Promise<string> {
  const scope = { type: 'account', id: provider.accountId } as const;
  return (await tenancy.join(provider.accountId, scope, 'viewer', { name })).userId;
}

async function authorized(name?: string): Promise<string> {
  const userId = await member(name);
  await tenancy.ask(authorizePartnerUsers, { ...token(), userIds: [userId], permissions: all }, provider.owner);
  return userId;
}

/** Users without a membership, who are not asked for one here. */
async function authorizeMany(count: number): Promise<void> {
  await tenancy.sql(
    `WITH made AS (INSERT INTO profiles (user_id, version, name, primary_email)
         SELECT uuidv7(), 1, 'User ' || n, gen_random_uuid() || '@provider.example' FROM generate_series(1, $1::int) n
         RETURNING user_id)
     INSERT INTO partner_users (id, partnership_id, user_id, provider_account_id, client_account_id, permissions, version,
         created_at)
       SELECT uuidv7(), p.id, made.user_id, p.provider_account_id, p.client_account_id, p.permissions, 2, p.created_at
         FROM made, partnerships p WHERE p.id = $2`,
    [count, partnerId],
  );
}

describe('A grant that the ceiling has cut', () => {
  it('is told once to both companies, each its own side, as what followed', async () => {
    const userId = await authorized('Petra');
    await narrow();
    await settle();
    await settle();
    const [[theirs, ...more], [mine]] = [await eventsOf(provider, 'changed'), await eventsOf(client, 'changed')];
    expect(more).toEqual([]);
    const changes = [{ field: 'permissions', from: all, to: ['devices.view'] }];
    const told = {
      partnershipId: partnerId,
      user: { id: userId, name: 'Petra' },
      permissions: ['devices.view'],
      changes,
    };
    expect(theirs).toMatchObject({ actor: 'service:tenancy', sequence: 3, data: { ...told, side: 'provider' } });
    expect(mine).toMatchObject({ actor: 'service:tenancy', sequence: 4, data: { ...told, side: 'client' } });
    expect(mine?.correlationid).toBe(theirs?.correlationid);
  });

  it('twice before it was told, is told once, from what it was in the beginning', async () => {
    await authorized();
    await narrow();
    await narrow([]);
    await settle();
    const [{ data } = { data: undefined }, ...more] = await eventsOf(client, 'changed');
    expect(data).toMatchObject({ changes: [{ from: all, to: [] }] });
    expect(more).toEqual([]);
  });

  it('is told before what the partner makes of it then, as nobody’s act, and no more after', async () => {
    const userId = await authorized();
    await narrow();
    await narrow(all);
    await tenancy.ask(updatePartnerUser, { ...token(), userId, permissions: ['devices.manage'] }, provider.owner);
    await settle();
    const events = await eventsOf(client, 'changed');
    expect(events).toMatchObject([
      { actor: 'service:tenancy', data: { changes: [{ from: all, to: ['devices.view'] }] } },
      {
        actor: `account:${provider.accountId}`,
        data: { changes: [{ from: ['devices.view'], to: ['devices.manage'] }] },
      },
    ]);
  });

  it('is told before it is revoked, and no more after', async () => {
    const userId = await authorized();
    await narrow();
    await tenancy.ask(revokePartnerUser, { ...token(), userId }, provider.owner);
    await settle();
    const told = [...(await eventsOf(client, 'changed')), ...(await eventsOf(client, 'revoked'))];
    expect(told.map(({ sequence }) => sequence)).toEqual([4, 6]);
  });
});

describe('The users of a partnership that has ended', () => {
  it.each([
    ['by the client', () => tenancy.refusal(deletePartner, one(), client.owner)],
    ['by the provider', () => tenancy.refusal(deletePartnerToken, token(), provider.owner)],
  ])('%s lose their grants, and each is told once to both companies', async (_by, end) => {
    const userIds = [await authorized(), await authorized()];
    expect(await end()).toBeUndefined();
    await settle();
    await settle();
    for (const company of [provider, client]) {
      const events = await eventsOf(company, 'revoked');
      expect(events.map(({ data }) => data)).toEqual(
        expect.arrayContaining(userIds.map((id) => expect.objectContaining({ user: { id, name: 'Max Member' } }))),
      );
      expect(events.map(({ actor }) => actor)).toEqual(['service:tenancy', 'service:tenancy']);
    }
    expect(await tenancy.sql('SELECT id FROM partner_users WHERE partnership_id = $1', [partnerId])).toEqual([]);
  });

  it('keep those in other partnerships', async () => {
    const other = await openCompany(tenancy, 'client', 'Other');
    const second = await makePartnership(tenancy, provider, other, all);
    const userId = await authorized();
    await authorizeUser(tenancy, second, userId, all);
    await tenancy.ask(deletePartner, one(), client.owner);
    await settle();
    expect(await partnershipActions(tenancy, other.accountId)).toEqual([]);
    const asked = { accountId: other.accountId, partnerId: second };
    expect(await tenancy.ask(getPartner, asked, other.owner)).toMatchObject({ users: 1 });
  });
});

describe('Two partnerships', () => {
  it('take turns: what was cut in one is told before all have been taken out of the other', async () => {
    await authorizeMany(1_200);
    await tenancy.ask(deletePartner, one(), client.owner);
    const other = await openCompany(tenancy, 'client', 'Other');
    partnerId = await makePartnership(tenancy, provider, other, all);
    await authorizeUser(tenancy, partnerId, await member(), all);
    await tenancy.ask(updatePartner, { accountId: other.accountId, partnerId, permissions: [] }, other.owner);
    await settle();
    const actions = (await partnershipActions(tenancy, provider.accountId)).slice(-1_201);
    expect(actions.indexOf('partner-user.changed')).toBeLessThan(1_000);
    expect(actions.filter((action) => action === 'partner-user.revoked')).toHaveLength(1_200);
  });
});

describe(`With ${MANY} users under one partnership`, () => {
  it('narrowing is one statement and one event for each company; those of the users follow, once each', async () => {
    await authorizeMany(MANY);
    await narrow();
    // Rows that one command of one transaction wrote.
    const written = 'SELECT DISTINCT xmin::text, cmin::text FROM partner_users WHERE partnership_id = $1';
    expect(await tenancy.sql(written, [partnerId])).toHaveLength(1);
    expect(await partnershipActions(tenancy, client.accountId)).toEqual(['partnership.ceiling-changed']);
    expect(await partnershipActions(tenancy, provider.accountId)).toEqual(['partnership.ceiling-changed']);
    const above = 'SELECT id FROM partner_users WHERE partnership_id = $1 AND NOT permissions <@ $2';
    expect(await tenancy.sql(above, [partnerId, ['devices.view']])).toEqual([]);

    await Promise.all([settle(), settleElsewhere()]);
    for (const company of [provider, client]) {
      const subjects = (await eventsOf(company, 'changed')).map(({ subject }) => subject);
      expect(subjects).toHaveLength(MANY);
      expect(new Set(subjects).size).toBe(MANY);
    }
  }, 60_000);

  it('two replicas take them out of a partnership that has ended, each user once', async () => {
    await authorizeMany(1_700);
    await tenancy.ask(deletePartner, one(), client.owner);
    await Promise.all([settle(), settleElsewhere(), settle()]);
    await settle();
    const subjects = (await eventsOf(client, 'revoked')).map(({ subject }) => subject);
    expect(subjects).toHaveLength(1_700);
    expect(new Set(subjects).size).toBe(1_700);
    expect(await tenancy.sql('SELECT users FROM partnerships WHERE id = $1', [partnerId])).toEqual([{ users: 0 }]);
  }, 60_000);
});
