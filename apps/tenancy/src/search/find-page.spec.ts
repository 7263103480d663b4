import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, listMembers } from '@valetkey/contracts';
import { type Member, Tenancy, type Tenant } from '../../test/tenancy.ts';

const ROWS = 12_000;

let tenancy: Tenancy;
let tenant: Tenant;
let ofGroup: Member;

/** An account with many members of its one group, of whom the oldest alone has a `ß`, beside one with as many called Quinn. */
beforeAll(async () => {
  tenancy = await Tenancy.start();
  tenant = await tenancy.openAccount();
  const { accountId } = tenant;
  const group = await tenancy.makeGroup(accountId);
  await fill(accountId, group, `CASE n WHEN 1 THEN 'Weiß Quinn' ELSE 'Member ' || n END`);
  const other = await tenancy.openAccount();
  await fill(other.accountId, await tenancy.makeGroup(other.accountId), `'Quinn'`);
  ofGroup = await tenancy.join(accountId, { type: 'group', id: group }, 'viewer', { name: 'Zoë' });
});
afterAll(() => tenancy.stop());

async function fill(accountId: string, group: string, name: string): Promise<void> {
  await tenancy.sql(
    `WITH made AS (
       INSERT INTO profiles (user_id, version, name, primary_email)
       SELECT uuidv7(), 1, ${name}, n || '@acme.example' FROM generate_series(1, ${ROWS}) n RETURNING user_id
     )
     INSERT INTO memberships (id, user_id, account_id, group_id, role, version, created_at)
     SELECT user_id, user_id, $1, $2, 'viewer', 1, $3 FROM made`,
    [accountId, group, tenancy.service.clock.now()],
  );
}

/** The names found, page by page. */
async function search(query: string, caller: Caller): Promise<string[][]> {
  const found: string[][] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const asked = { accountId: tenant.accountId, query, limit: 100, ...(cursor && { cursor }) };
    const page = await tenancy.ask(listMembers, asked, caller);
    found.push(page.items.map(({ user }) => user.name));
    cursor = page.nextCursor;
  }
  return found;
}

describe('A search among thousands', () => {
  it('finds what is rare on its first page, however old', async () => {
    for (const caller of [tenant.owner, ofGroup.caller]) expect(await search('weiß', caller)).toEqual([['Weiß Quinn']]);
  });

  it.each([
    ['too short for trigrams', 'ß', 5],
    ['common in other accounts alone', 'quinn', 13],
  ])('goes on over empty pages to what is %s, and finds it once', async (_what, query, count) => {
    for (const caller of [tenant.owner, ofGroup.caller]) {
      const pages = await search(query, caller);
      expect(pages.flat()).toEqual(['Weiß Quinn']);
      expect(pages).toHaveLength(count);
    }
  });

  it('finds each of many once', async () => {
    const names = (await search('member 1', tenant.owner)).flat();
    const expected = Array.from({ length: ROWS }, (_, index) => `Member ${index + 1}`).filter((name) =>
      name.startsWith('Member 1'),
    );
    expect(names.toSorted()).toEqual(expected.filter((name) => name !== 'Member 1').toSorted());
  });

  it('of what nobody has ends', async () => {
    expect((await search('xyzzy', tenant.owner)).flat()).toEqual([]);
  });
});
