import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AskOf, cursorOf, listInvitations, listMembers } from '@valetkey/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { Tenancy, type Tenant } from './tenancy.ts';

const ROWS = 100_000;
/** Rows that a page of 25 may cost, with those that it looks through: a walk or a search that grew would cost thousands. */
const FEW = 3_000;

const Statement = z.object({ text: z.string(), values: z.array(z.unknown()).default([]) });
type Statement = z.infer<typeof Statement>;

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}
const Plan: z.ZodType<Plan> = z.looseObject({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Actual Rows': z.number(),
  'Actual Loops': z.number(),
  'Rows Removed by Filter': z.number().optional(),
  get Plans() {
    return z.array(Plan).optional();
  },
});
const Explained = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan })]) })]);

let tenancy: Tenancy;
let tenant: Tenant;
let rare = '';
const spies: { mock: { calls: unknown[][] } }[] = [];

beforeAll(async () => {
  tenancy = await Tenancy.start();
  tenant = await tenancy.openAccount();
  await seed();
  await listen();
}, 120_000);
afterAll(() => tenancy.stop());

/** One account with a hundred thousand members and as many invitations, and others beside it. */
async function seed(): Promise<void> {
  const { accountId } = tenant;
  const other = await tenancy.openAccount('Other');
  const group = await tenancy.makeGroup(accountId, 'North');
  const organizations = [];
  for (let count = 0; count < 20; count += 1) {
    organizations.push(await tenancy.makeOrganization(accountId, { groupId: count < 2 ? group : undefined }));
  }
  await tenancy.sql(
    `INSERT INTO profiles (user_id, version, name, primary_email)
     SELECT uuidv7(), 1, 'Member ' || md5(n::text), 'user' || n || '@example.com' FROM generate_series(1, ${ROWS}) n`,
  );
  await tenancy.sql(
    `INSERT INTO memberships (id, user_id, account_id, group_id, organization_id, role, version, created_at)
     SELECT uuidv7(), user_id, CASE WHEN n % 10 = 0 THEN $2::uuid ELSE $1::uuid END,
       CASE WHEN n % 10 = 1 THEN $3::uuid END,
       CASE WHEN n % 10 > 1 THEN ($4::uuid[])[n % 20 + 1] END,
       CASE WHEN n % 1000 = 0 THEN 'supporter' WHEN n % 3 = 0 THEN 'manager' ELSE 'viewer' END, 1, $5
       FROM (SELECT user_id, row_number() OVER (ORDER BY user_id) AS n FROM profiles WHERE primary_email LIKE 'user%') p`,
    [accountId, other.accountId, group, organizations, tenancy.service.clock.now()],
  );
  await tenancy.sql(
    `INSERT INTO invitations SELECT uuidv7(), $1, 'guest' || n || '@example.com', 'organization',
       ($2::uuid[])[n % 20 + 1], 'viewer', CASE WHEN n % 500 = 0 THEN 'canceled' WHEN n % 3 = 0 THEN 'pending' ELSE 'accepted' END,
       'secret' || n, uuidv7(), $3::timestamptz + interval '1 day', NULL, $4, 'Ada', 1, $3
       FROM generate_series(1, ${ROWS}) n`,
    [accountId, organizations, tenancy.service.clock.now(), tenant.ownerId],
  );
  rare = (await tenancy.join(accountId, { type: 'account', id: accountId }, 'supporter', { name: 'Zoë Quixote' }))
    .userId;
  await tenancy.sql('ANALYZE');
}

async function listen(): Promise<void> {
  const pool = await tenancy.service.app.get(EntityManager).getConnection().getNativeClient();
  const known = new Set<object>();
  pool.on('acquire', (client) => {
    if (!known.has(client)) spies.push(jest.spyOn(client, 'query'));
    known.add(client);
  });
}

/** The plan of the newest statement on a table, with what it really read. */
async function planOf(table: string): Promise<Plan> {
  const calls: unknown[][] = spies.flatMap(({ mock }) => mock.calls);
  const asked = calls
    .map(([query, values]): Statement => Statement.parse(typeof query === 'string' ? { text: query, values } : query))
    .filter(({ text }) => text.includes(`FROM ${table} `))
    .at(-1);
  if (!asked) throw new Error(`Nothing was asked of ${table}`);
  for (const { mock } of spies) mock.calls.length = 0;
  const rows = await tenancy.sql(`EXPLAIN (ANALYZE, FORMAT JSON) ${asked.text}`, asked.values);
  return Explained.parse(rows)[0]['QUERY PLAN'][0].Plan;
}

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

function rowsRead(plan: Plan): number {
  const perNode = nodesOf(plan)
    .filter(({ Plans }) => !Plans)
    .map((node) => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']);
  return perNode.reduce((sum, count) => sum + count, 0);
}

const indexesOf = (plan: Plan) => nodesOf(plan).flatMap((node) => node['Index Name'] ?? []);
/** Walked from the newest on: where one account has most rows, by their ids alone. */
const newest = /_(page|pkey)$/;
const search = 'profiles_search';
type Filter<C> = C extends typeof listMembers | typeof listInvitations ? Omit<AskOf<C>, 'accountId'> : never;

describe('With 100,000 members a page of them', () => {
  it.each<[string, Filter<typeof listMembers>, string | RegExp]>([
    ['of all', {}, newest],
    ['from amid', { cursor: cursorOf(uuidv7()) }, newest],
    ['of a role', { role: 'supporter' }, 'memberships_of_role'],
    ['of a level', { scopeType: 'account' }, 'memberships_of_scope_type'],
    ['of a level and role', { scopeType: 'group', role: 'manager' }, 'memberships_of_scope_type_and_role'],
    ['with a rare part of the name', { query: 'quixote' }, search],
    ['with a rare part of the address', { query: 'ser77123@' }, search],
    ['with a part that nobody has', { query: 'xyzzy' }, search],
    ['with a rare part and a role', { query: 'quixote', role: 'viewer' }, search],
    ['with a rare part and a level', { query: 'ser77123@', scopeType: 'organization' }, search],
    ['with a part that all have', { query: 'example.com' }, newest],
  ])('%s is found by an index, and reads few rows', async (_what, filter, index) => {
    await tenancy.ask(listMembers, { accountId: tenant.accountId, ...filter }, tenant.owner);
    const plan = await planOf('memberships');
    expect(indexesOf(plan)).toContainEqual(expect.stringMatching(index));
    expect(rowsRead(plan)).toBeLessThan(FEW);
  });

  it('with part of an id is found by its trigrams', async () => {
    await tenancy.ask(listMembers, { accountId: tenant.accountId, query: rare.slice(9) }, tenant.owner);
    expect(indexesOf(await planOf('memberships'))).toContain(search);
  });
});

describe('With 100,000 invitations a page of them', () => {
  it.each<[string, Filter<typeof listInvitations>, string | RegExp]>([
    ['of all', {}, newest],
    ['that are canceled', { status: 'canceled' }, 'invitations_of_status'],
    ['that have expired', { status: 'expired' }, 'invitations_of_status'],
    ['with a rare part of the address', { query: 'est77123@' }, 'invitations_search'],
    ['with a part that all have', { query: 'example.com' }, newest],
  ])('%s is found by an index, and reads few rows', async (_what, filter, index) => {
    await tenancy.ask(listInvitations, { accountId: tenant.accountId, ...filter }, tenant.owner);
    const plan = await planOf('invitations');
    expect(indexesOf(plan)).toContainEqual(expect.stringMatching(index));
    expect(rowsRead(plan)).toBeLessThan(FEW);
  });
});
