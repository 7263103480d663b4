import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contracts, cursorOf, isInQuery, pageOf } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { type Client, type Owner, ownerOf, person } from './client.ts';
import { type NamedIds, oneOfEach, urlWith } from './named-ids.ts';
import { operatorOf } from './operator.ts';
import { type Platform, startPlatform } from './start-platform.ts';

/** Every list that is answered page by page, with the members of its query. */
const lists = contracts.flatMap(({ http, input }) => {
  if (http?.method !== 'GET') return [];
  const { shape } = z.object({ shape: z.record(z.string(), z.unknown()) }).parse(input);
  const query = Object.keys(shape).filter((member) => isInQuery(http, member) && !http.path.includes(`{${member}}`));
  return query.includes('cursor') ? [{ path: http.path, query }] : [];
});
const paths = lists.map(({ path }) => path);

const Page = pageOf(z.unknown());
let platform: Platform;
let owner: Owner;
let operator: Owner;
let ids: NamedIds;

beforeAll(async () => {
  platform = await startPlatform();
  owner = await ownerOf(platform, 'Harbour Cranes', person('ada@harbour.example'));
  operator = await operatorOf(platform);
  ids = await oneOfEach(platform, owner, operator);
});
afterAll(async () => {
  await platform.stop();
});

const ask = (path: string, query = '') => {
  const caller: Client = path.startsWith('/v1/operator') ? operator : owner;
  return caller.call('GET', `${urlWith(ids, path)}?${query}`);
};

/** What no list takes, by the member of the query that it stands in. */
const malformed: Readonly<Record<string, readonly string[]>> = {
  limit: ['0', '101', '-1', '1.5', '0x10', '1e1', 'many', ''],
  cursor: ['nonsense', '', 'A'.repeat(21), 'A'.repeat(23), `${'A'.repeat(21)}!`, uuidv7()],
  status: ['lost', '', 'ACTIVE'],
  query: ['', '%20', 'x'.repeat(200), '%00'],
  kind: ['secret', ''],
  role: ['king', ''],
  scopeType: ['world', ''],
  groupId: ['none', ''],
  userId: ['nobody', ''],
};
const ofTheAudit = ['from', 'to', 'actor', 'action', 'entity'];

describe('every list', () => {
  it('takes a query that is known here', () => {
    expect(lists.length).toBeGreaterThan(12);
    const known = [...Object.keys(malformed), ...ofTheAudit].sort();
    expect([...new Set(lists.flatMap(({ query }) => query))].sort()).toEqual(known);
  });

  it.each(lists)('says what is wrong with the query ($path)', async ({ path, query }) => {
    const asked = query.flatMap((member) => (malformed[member] ?? []).map((value) => [member, value] as const));
    for (const [member, value] of [...asked, ['unheardOf', '1']]) {
      const { status, body } = await ask(path, `${member}=${value}`);
      const pointer = `/${member}`;
      expect({ member, value, status, body }).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
    }
  });

  it.each(paths)('is read page by page to its end, each row once (%s)', async (path) => {
    const whole = Page.parse((await ask(path, 'limit=100')).body);
    expect(whole.nextCursor).toBeNull();
    const read: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = Page.parse((await ask(path, `limit=1${cursor && `&cursor=${cursor}`}`)).body);
      expect(page.items.length).toBeLessThanOrEqual(1);
      read.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(read).toEqual(whole.items);
  });

  it.each(paths)('shows nothing more to who brings the cursor of another list (%s)', async (path) => {
    const whole = Page.parse((await ask(path, 'limit=100')).body);
    for (const id of [...Object.values(ids), uuidv7(), 'ffffffff-ffff-ffff-ffff-ffffffffffff']) {
      const { status, body } = await ask(path, `limit=100&cursor=${cursorOf(id)}`);
      expect(status).toBe(200);
      for (const row of Page.parse(body).items) expect(whole.items).toContainEqual(row);
    }
  });
});
