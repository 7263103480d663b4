import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AskOf,
  type Caller,
  cursorOf,
  listInvitations,
  listMembers,
  listOrganizations,
} from '@valetkey/contracts';
import { QueryCosts } from './query-costs.ts';
import { type Member, Tenancy, type Tenant } from './tenancy.ts';

const ROWS = 100_000;
/** Rows that a page of 25 may cost, with those that they are joined with: a walk or a sort that grew would cost thousands. */
const FEW = 400;
/** Rows that a search of what there is may look through, and one of what there is not. */
const [SOME, MANY] = [10_000, 20_000];

let tenancy: Tenancy;
let costs: QueryCosts;
let tenant: Tenant;
let ofGroup: Member;
/** A user, and a membership amid the others. */
let [rare, middle] = ['', ''];

beforeAll(async () => {
  tenancy = await Tenancy.start();
  tenant = await tenancy.openAccount();
  await seed();
  costs = await QueryCosts.listen(tenancy);
}, 120_000);
afterAll(() => tenancy.stop());

/**
 * One account with a hundred thousand members, organizations and invitations, six of ten of the organizations in a group that
 * was made first, and another account beside it with ten thousand.
 */
async function seed(): Promise<void> {
  const { accountId } = tenant;
  const other = await tenancy.openAccount('Other');
  const group = await tenancy.makeGroup(accountId, 'North');
  await tenancy.sql(
    `INSERT INTO organizations (id, account_id, group_id, name, version, created_at)
     SELECT uuidv7(), $1, CASE WHEN n <= ${ROWS * 0.6} THEN $2::uuid END, 'Unit ' || n, 1, $3 FROM generate_series(1, ${ROWS}) n`,
    [accountId, group, tenancy.service.clock.now()],
  );
  await seedMembers(accountId, group, 'user', ROWS);
  await seedMembers(other.accountId, null, 'other', ROWS / 10);
  await tenancy.sql(
    `INSERT INTO invitations SELECT uuidv7(), $1, 'guest' || n || '@example.com', 'organization',
       id, 'viewer', CASE WHEN n % 500 = 0 THEN 'canceled' WHEN n % 3 = 0 THEN 'pending' ELSE 'accepted' END,
       'secret' || n, uuidv7(), $2::timestamptz + interval '1 day', NULL, $3, 'Ada', 1, $2
       FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM organizations WHERE account_id = $1) o ORDER BY n`,
    [accountId, tenancy.service.clock.now(), tenant.ownerId],
  );
  rare = (await tenancy.join(accountId, { type: 'account', id: accountId }, 'supporter', { name: 'Zoë Quixote' }))
    .userId;
  ofGroup = await tenancy.join(accountId, { type: 'group', id: group }, 'manager');
  middle = String((await tenancy.sql(`SELECT id FROM memberships ORDER BY id OFFSET ${ROWS / 4} LIMIT 1`))[0]?.['id']);
  await tenancy.sql('VACUUM ANALYZE');
}

/** Of ten one in the account as a whole, one in the group, the others in an organization each. */
async function seedMembers(accountId: string, group: string | null, prefix: string, count: number): Promise<void> {
  await tenancy.sql(
    `WITH made AS (
       INSERT INTO profiles (user_id, version, name, primary_email)
       SELECT uuidv7(), 1, 'Member ' || md5(n::text), $3 || n || '@example.com' FROM generate_series(1, $4::int) n RETURNING user_id
     ), users AS (SELECT user_id, row_number() OVER (ORDER BY user_id) AS n FROM made),
     units AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM organizations WHERE account_id = $1)
     INSERT INTO memberships (id, user_id, account_id, group_id, organization_id, role, version, created_at)
     SELECT uuidv7(), user_id, $1, CASE WHEN n % 10 = 1 THEN $2::uuid END, CASE WHEN n % 10 > 1 THEN units.id END,
       CASE WHEN n % 1000 = 0 THEN 'supporter' WHEN n % 700 = 3 THEN 'manager' ELSE 'viewer' END, 1, $5
       FROM users LEFT JOIN units USING (n) ORDER BY n`,
    [accountId, group, prefix, count, tenancy.service.clock.now()],
  );
}

type Filter<C> = C extends typeof listMembers | typeof listInvitations | typeof listOrganizations
  ? Omit<AskOf<C>, 'accountId'>
  : never;

const membersSeen = (caller: Caller, filter: Filter<typeof listMembers>) =>
  costs.of(tenancy.ask(listMembers, { accountId: tenant.accountId, ...filter }, caller));
const invitationsSeen = (caller: Caller, filter: Filter<typeof listInvitations>) =>
  costs.of(tenancy.ask(listInvitations, { accountId: tenant.accountId, ...filter }, caller));
const organizationsSeen = (caller: Caller, filter: Filter<typeof listOrganizations>) =>
  costs.of(tenancy.ask(listOrganizations, { accountId: tenant.accountId, ...filter }, caller));
const amid = () => cursorOf(middle);

describe('With 100,000 members a page of them', () => {
  it.each<[string, () => Filter<typeof listMembers>, string]>([
    ['of all', () => ({}), 'memberships_page'],
    ['from amid', () => ({ cursor: amid() }), 'memberships_page'],
    ['of a role', () => ({ role: 'supporter' }), 'memberships_of_role'],
    ['of a level', () => ({ scopeType: 'account' }), 'memberships_of_scope_type'],
    ['of a level and role', () => ({ scopeType: 'group', role: 'manager' }), 'memberships_of_scope_type_and_role'],
  ])('%s reads few rows, by an index', async (_what, filter, index) => {
    const { rows, indexes } = await membersSeen(tenant.owner, filter());
    expect(indexes).toContain(index);
    expect(rows).toBeLessThan(FEW);
  });

  it.each<[string, () => Filter<typeof listMembers>, string]>([
    ['of all', () => ({}), 'memberships_within_group'],
    ['from amid', () => ({ cursor: amid() }), 'memberships_within_group'],
    ['of a role', () => ({ role: 'manager' }), 'memberships_within_group_of_level_and_role'],
    ['of a level', () => ({ scopeType: 'group' }), 'memberships_within_group_of_level_and_role'],
  ])('%s of a large group reads few rows, by an index', async (_what, filter, index) => {
    const { rows, indexes } = await membersSeen(ofGroup.caller, filter());
    expect(indexes).toContain(index);
    expect(rows).toBeLessThan(FEW);
  });
});

describe('With 100,000 members a search of them', () => {
  it.each<[string, Filter<typeof listMembers>]>([
    ['a rare part of the name', { query: 'quixote' }],
    ['a rare part of the address', { query: 'ser77123@' }],
    ['a part that nobody has', { query: 'xyzzy' }],
    ['a rare part and a role', { query: 'quixote', role: 'viewer' }],
    ['a rare part and a level', { query: 'ser77123@', scopeType: 'organization' }],
  ])('by %s uses the trigrams, and looks through a bounded number of rows', async (_what, filter) => {
    for (const caller of [tenant.owner, ofGroup.caller]) {
      const { rows, indexes } = await membersSeen(caller, filter);
      expect(indexes).toContain('profiles_search');
      expect(rows).toBeLessThan(SOME);
    }
  });

  it('by part of an id uses the trigrams', async () => {
    expect((await membersSeen(tenant.owner, { query: rare.slice(9) })).indexes).toContain('profiles_search');
  });

  it.each(['example.com', 'm', 'er'])('by “%s”, which all have, ends with the first', async (query) => {
    for (const caller of [tenant.owner, ofGroup.caller]) {
      expect((await membersSeen(caller, { query })).rows).toBeLessThan(SOME);
    }
  });

  it.each(['ß', 'qx', '@other'])('by “%s”, which nobody here has, ends before it has seen all', async (query) => {
    for (const caller of [tenant.owner, ofGroup.caller]) {
      expect((await membersSeen(caller, { query })).rows).toBeLessThan(MANY);
    }
  });
});

describe('With 100,000 organizations a page of them', () => {
  it.each<[string, () => Filter<typeof listOrganizations>, number]>([
    ['of all', () => ({}), FEW],
    ['from amid', () => ({ cursor: amid() }), FEW],
    ['with a rare part of the name', () => ({ query: 'unit 77123' }), SOME],
    ['with a part that none has', () => ({ query: 'qx' }), MANY],
  ])('%s reads few rows, for a manager of a large group too', async (_what, filter, few) => {
    for (const caller of [tenant.owner, ofGroup.caller]) {
      expect((await organizationsSeen(caller, filter())).rows).toBeLessThan(few);
    }
  });
});

describe('With 100,000 invitations a page of them', () => {
  it.each<[string, () => Filter<typeof listInvitations>, number]>([
    ['of all', () => ({}), FEW],
    ['from amid', () => ({ cursor: amid() }), FEW],
    ['that are canceled', () => ({ status: 'canceled' }), FEW],
    ['that are pending', () => ({ status: 'pending' }), FEW],
    ['with a rare part of the address', () => ({ query: 'est77123@' }), SOME],
    ['with a part that all have', () => ({ query: 'example.com' }), SOME],
    ['with a part that none has', () => ({ query: 'qx' }), MANY],
  ])('%s reads few rows, for a manager of a large group too', async (_what, filter, few) => {
    for (const caller of [tenant.owner, ofGroup.caller]) {
      expect((await invitationsSeen(caller, filter())).rows).toBeLessThan(few);
    }
  });
});
