import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AskOf, listLoginTokens, signOut } from '@valetkey/contracts';
import { MILLISECOND, MINUTE, type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let owner: Owner;
let active: string, ready: string, inUse: string, used: string, expired: string;

beforeAll(async () => {
  tokens = await Tokens.start();
  owner = tokens.owner();
  const make = (name: string, fields = {}) => {
    tokens.service.clock.advance(MILLISECOND);
    return tokens.create(owner, { name, ...fields });
  };
  const oneTime = { type: 'one_time' as const };
  ({ id: active } = await make('Front desk 100%'));
  ({ id: ready } = await make('Visit one', oneTime));
  const taken = await make('VISIT two', oneTime);
  const spent = await make('Visit_three', oneTime);
  ({ id: expired } = await make('Yesterday', { expiresAt: tokens.later(MINUTE).toISOString() }));
  await tokens.create(tokens.owner(), { name: 'Visit another account' });
  await tokens.redeem(taken.secret);
  await tokens.ask(signOut, {}, tokens.callerOf(await tokens.redeem(spent.secret)));
  [inUse, used] = [taken.id, spent.id];
  tokens.service.clock.advance(2 * MINUTE);
});
afterAll(() => tokens.stop());

const list = (filters: Partial<AskOf<typeof listLoginTokens>> = {}) =>
  tokens.ask(listLoginTokens, { accountId: owner.accountId, ...filters }, owner);
const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);

describe('The list of login tokens', () => {
  it('has all of the account, newest first, and none of another', async () => {
    expect(idsOf(await list())).toEqual([expired, used, inUse, ready, active]);
  });

  it('shows the status that holds now, and live sessions', async () => {
    const { items } = await list();
    const shown = items.map(({ status, liveSessions }) => [status, liveSessions]);
    expect(shown).toEqual([
      ['expired', 0],
      ['used', 0],
      ['in_use', 1],
      ['ready', 0],
      ['active', 0],
    ]);
  });

  it.each(['active', 'ready', 'in_use', 'used', 'expired'] as const)('has those that are %s', async (status) => {
    const { items } = await list({ status });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ status });
  });

  it.each([
    ['visit', 3],
    ['visit_T', 1],
    ['SIT T', 1],
    ['%', 1],
    ['_', 1],
    ['nobody', 0],
  ])('finds %j in %d names, in any case', async (query, count) => {
    expect((await list({ query })).items).toHaveLength(count);
  });

  it('goes page by page, with its filters', async () => {
    const first = await list({ query: 'visit', limit: 2 });
    const second = await list({ query: 'visit', limit: 2, cursor: first.nextCursor ?? '' });
    expect([idsOf(first), idsOf(second)]).toEqual([[used, inUse], [ready]]);
    expect(second.nextCursor).toBeNull();
  });

  it('has a full last page without a next one', async () => {
    expect((await list({ limit: 5 })).nextCursor).toBeNull();
    expect((await list({ limit: 4 })).nextCursor).toMatch(/^[0-9A-Za-z_-]{22}$/);
  });

  it.each<Partial<AskOf<typeof listLoginTokens>>>([{ limit: 101 }, { limit: 0 }, { cursor: 'x' }, { query: '' }])(
    'is malformed with %j',
    async (filters) => {
      const input = { accountId: owner.accountId, ...filters };
      expect(await tokens.attempt(listLoginTokens, input, owner)).toBe('malformed');
    },
  );

  it('is not there for one who stands in another account', async () => {
    const input = { accountId: owner.accountId };
    expect(await tokens.attempt(listLoginTokens, input, tokens.owner())).toBe('not_found');
  });
});
