import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AskOf,
  cursorOf,
  listPartners,
  listPartnerTokens,
  listPartnerTokenUsers,
  updateAccount,
} from '@valetkey/contracts';
import { makePartnership, openCompany } from './partnerships.ts';
import { QueryCosts } from './query-costs.ts';
import { Tenancy, type Tenant } from './tenancy.ts';

const ROWS = 20_000;
/** As in the plans of members: of a page, of a search for what there is, and of one for what there is not. */
const [FEW, SOME, MANY] = [400, 10_000, 20_000];

let tenancy: Tenancy;
let costs: QueryCosts;
let provider: Tenant;
let client: Tenant;
/** A partnership with as many users as there are others. */
let large: string;

/** A provider of many clients and a client of many providers, who are those clients; one partnership of theirs has many users. */
beforeAll(async () => {
  tenancy = await Tenancy.start();
  provider = await openCompany(tenancy, 'partner', 'Provider');
  client = await openCompany(tenancy, 'client', 'Client');
  await tenancy.sql(
    `INSERT INTO accounts (id, name, modules, version, revision, created_at)
     SELECT uuidv7(), 'Company ' || n, '{}', 1, 1, $1 FROM generate_series(1, ${ROWS}) n`,
    [tenancy.service.clock.now()],
  );
  await seed('$1, a.id', provider.accountId, 'revoked');
  await seed('a.id, $1', client.accountId, 'active');
  large = await makePartnership(tenancy, provider, client, ['devices.view']);
  await seedUsers();
  // Twice: what the first finds too new to be seen by all yet, as just after writing it, the second marks as seen.
  await tenancy.sql('VACUUM');
  await tenancy.sql('VACUUM ANALYZE');
  costs = await QueryCosts.listen(tenancy);
}, 120_000);
afterAll(() => tenancy.stop());

/** One with each company; every other of them deleted by its provider, and of a hundred one is disabled. */
async function seed(sides: string, accountId: string, status: string): Promise<void> {
  await tenancy.sql(
    `INSERT INTO partnerships (id, provider_account_id, client_account_id, secret_hash, status, deleted, version, revision, created_at, created_by_id, created_by_name)
     SELECT uuidv7(), ${sides}, gen_random_uuid()::text, CASE WHEN n % 100 = 1 THEN 'disabled' ELSE $2 END, n % 2 = 0, 1, 1, $3, $1, 'Ada'
       FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM accounts WHERE name LIKE 'Company %') a ORDER BY n`,
    [accountId, status, tenancy.service.clock.now()],
  );
}

async function seedUsers(): Promise<void> {
  await tenancy.sql(
    `WITH made AS (
       INSERT INTO profiles (user_id, version, name, primary_email)
       SELECT uuidv7(), 1, 'User ' || n, n || '@acme.example' FROM generate_series(1, ${ROWS}) n RETURNING user_id
     )
     INSERT INTO partner_users (id, partnership_id, user_id, provider_account_id, client_account_id, permissions, version, created_at)
     SELECT user_id, p.id, user_id, provider_account_id, client_account_id, permissions, 1, created_at
       FROM made, partnerships p WHERE p.id = $1`,
    [large],
  );
}

/** The id of a row amid the others. */
async function amid(table: string): Promise<string> {
  const [row] = await tenancy.sql(`SELECT id FROM ${table} ORDER BY id OFFSET ${ROWS / 2} LIMIT 1`);
  return cursorOf(String(row?.['id']));
}

const tokensSeen = (filter: Omit<AskOf<typeof listPartnerTokens>, 'accountId'>) =>
  costs.of(tenancy.ask(listPartnerTokens, { accountId: provider.accountId, ...filter }, provider.owner));
const partnersSeen = (filter: Omit<AskOf<typeof listPartners>, 'accountId'>) =>
  costs.of(tenancy.ask(listPartners, { accountId: client.accountId, ...filter }, client.owner));
const usersSeen = (filter: Omit<AskOf<typeof listPartnerTokenUsers>, 'accountId' | 'partnerTokenId'>) => {
  const asked = { accountId: provider.accountId, partnerTokenId: large, ...filter };
  return costs.of(tenancy.ask(listPartnerTokenUsers, asked, provider.owner));
};

describe('With thousands of partnerships a page of them', () => {
  it('reads few rows on either side, however many have ended or were deleted', async () => {
    const cursor = await amid('partnerships');
    for (const filter of [{}, { cursor }, { status: 'disabled' as const }]) {
      expect((await tokensSeen(filter)).rows).toBeLessThan(FEW);
      expect((await partnersSeen(filter)).rows).toBeLessThan(FEW);
    }
    const { indexes } = await tokensSeen({});
    expect(indexes).toContain('partnerships_of_provider');
    expect((await tokensSeen({ status: 'disabled' })).indexes).toContain('partnerships_of_provider_and_status');
  });

  it.each([
    ['of a rare part of the name', 'pany 15433', SOME],
    ['of what all have', 'company', SOME],
    ['of what none has', 'xyzzy', SOME],
    ['of what is too short for trigrams', 'qx', MANY],
  ])('in a search %s looks through a bounded number', async (_what, query, few) => {
    expect((await tokensSeen({ query })).rows).toBeLessThan(few);
    expect((await partnersSeen({ query })).rows).toBeLessThan(few);
  });
});

describe('With thousands of users a page of them', () => {
  it.each([
    ['all', {}, FEW],
    ['a rare part of the name', { query: 'ser 15433' }, SOME],
    ['what none has', { query: 'xyzzy' }, SOME],
    ['what is too short for trigrams', { query: 'qx' }, MANY],
  ])('of %s looks through a bounded number', async (_what, filter, few) => {
    expect((await usersSeen(filter)).rows).toBeLessThan(few);
  });

  it('from amid them reads few rows, by an index', async () => {
    const { rows, indexes } = await usersSeen({ cursor: await amid('partner_users') });
    expect(indexes).toContain('partner_users_page');
    expect(rows).toBeLessThan(FEW);
  });
});

describe('A company with thousands of partnerships', () => {
  it('is renamed, and found by its new name in all of them', async () => {
    const { accountId, owner } = client;
    await tenancy.ask(updateAccount, { accountId, name: 'Quixote' }, owner);
    const asked = { accountId: provider.accountId, query: 'quixote' };
    const { items } = await tenancy.ask(listPartnerTokens, asked, provider.owner);
    expect(items.map(({ id }) => id)).toEqual([large]);
  });
});
