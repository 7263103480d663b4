import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AskOf, listAccessKeys } from '@valetkey/contracts';
import { MILLISECOND, MINUTE, type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let owner: Owner;
let exporting: string, importing: string, expired: string;

beforeAll(async () => {
  tokens = await Tokens.start();
  owner = tokens.owner();
  const make = async (name: string, fields = {}) => {
    tokens.service.clock.advance(MILLISECOND);
    return (await tokens.createKey(owner, { name, ...fields })).id;
  };
  exporting = await make('Nightly EXPORT 100%');
  importing = await make('Import_stock');
  expired = await make('Old export', { expiresAt: tokens.later(MINUTE).toISOString() });
  await tokens.createKey(tokens.owner(), { name: 'Export of another account' });
  tokens.service.clock.advance(2 * MINUTE);
});
afterAll(() => tokens.stop());

const list = (filters: Partial<AskOf<typeof listAccessKeys>> = {}) =>
  tokens.ask(listAccessKeys, { accountId: owner.accountId, ...filters }, owner);
const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);

describe('The list of access keys', () => {
  it('has all of the account, newest first, each with the status that holds now', async () => {
    const { items } = await list();
    expect(items.map(({ id, status }) => [id, status])).toEqual([
      [expired, 'expired'],
      [importing, 'active'],
      [exporting, 'active'],
    ]);
  });

  it('has those of a status, and those whose name holds a part, in any case', async () => {
    expect(idsOf(await list({ status: 'expired' }))).toEqual([expired]);
    expect(idsOf(await list({ status: 'active', query: 'export' }))).toEqual([exporting]);
    for (const [query, found] of [
      ['%', exporting],
      ['_', importing],
    ] as const)
      expect(idsOf(await list({ query }))).toEqual([found]);
  });

  it('goes page by page', async () => {
    const first = await list({ limit: 2 });
    const second = await list({ limit: 2, cursor: first.nextCursor ?? '' });
    expect([idsOf(first), idsOf(second), second.nextCursor]).toEqual([[expired, importing], [exporting], null]);
  });

  it('is not there for one who stands in another account', async () => {
    expect(await tokens.attempt(listAccessKeys, { accountId: owner.accountId }, tokens.owner())).toBe('not_found');
  });
});
