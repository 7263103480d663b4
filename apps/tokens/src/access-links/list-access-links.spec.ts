import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AskOf, getAccessLink, listAccessLinks } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { AccessLinks } from '../../test/access-links.ts';
import { HOUR, type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let links: AccessLinks;

beforeAll(async () => {
  tokens = await Tokens.start();
  links = new AccessLinks(tokens);
});
afterAll(() => tokens.stop());

const list = (owner: Owner, asked: Partial<AskOf<typeof listAccessLinks>> = {}) =>
  tokens.ask(listAccessLinks, { accountId: owner.accountId, ...asked }, owner);
const found = async (owner: Owner, asked: Partial<AskOf<typeof listAccessLinks>>) =>
  (await list(owner, asked)).items.map(({ id }) => id);

describe('The list of access links', () => {
  it('shows those of the account, newest first, in pages', async () => {
    const owner = await links.owner();
    await links.create(await links.owner());
    const made: string[] = [];
    for (let one = 0; one < 3; one += 1) {
      made.unshift((await links.create(owner)).id);
      tokens.service.clock.advance(1);
    }
    const first = await list(owner, { limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(made.slice(0, 2));
    const second = await list(owner, { limit: 2, cursor: first.nextCursor ?? undefined });
    expect(second).toMatchObject({ items: [{ id: made[2] }], nextCursor: null });
  });

  it('finds by user, and by part of the name as it is written', async () => {
    const owner = await links.owner();
    const zoe = links.person(owner.accountId, { name: 'Zoë 100% Žižek' });
    const { id } = await links.create(owner, links.asked(owner, zoe));
    await links.create(owner);

    expect(await found(owner, { userId: zoe.userId })).toEqual([id]);
    expect(await found(owner, { userId: uuidv7() })).toEqual([]);
    for (const query of ['ZOË', '100%', 'žiž']) expect(await found(owner, { query })).toEqual([id]);
    expect(await found(owner, { query: '%%' })).toEqual([]);
  });

  it('finds by state, an expired one whether that is noted or not', async () => {
    const owner = await links.owner();
    const later = tokens.later(24 * HOUR).toISOString();
    const [live, locked] = [
      await links.create(owner, { expiresAt: later }),
      await links.create(owner, { expiresAt: later }),
    ];
    await tokens.sql(`UPDATE access_links SET status = 'locked' WHERE id = $1`, [locked.id]);
    const due = await links.create(owner);

    tokens.service.clock.advance(HOUR);

    expect(await found(owner, { status: 'live' })).toEqual([live.id]);
    expect(await found(owner, { status: 'locked' })).toEqual([locked.id]);
    expect(await found(owner, { status: 'expired' })).toEqual([due.id]);
    expect(await found(owner, { status: 'used' })).toEqual([]);
  });

  it('shows live and locked ones as suspended while the module is off, and can be read then', async () => {
    const owner = await links.owner();
    const [live, locked, used] = [await links.create(owner), await links.create(owner), await links.create(owner)];
    await tokens.sql(`UPDATE access_links SET status = 'locked' WHERE id = $1`, [locked.id]);
    await tokens.sql(`UPDATE access_links SET status = 'used' WHERE id = $1`, [used.id]);
    await tokens.sql(`UPDATE accounts SET modules = '{}' WHERE id = $1`, [owner.accountId]);
    const without = { ...owner, modules: [] };

    expect((await found(without, { status: 'suspended' })).toSorted()).toEqual([live.id, locked.id].toSorted());
    expect(await found(without, { status: 'used' })).toEqual([used.id]);
    const asked = { accountId: owner.accountId, accessLinkId: live.id };
    expect(await tokens.ask(getAccessLink, asked, without)).toMatchObject({ status: 'suspended' });
    await tokens.sql(`UPDATE accounts SET modules = '{access_links}' WHERE id = $1`, [owner.accountId]);
    expect(await tokens.ask(getAccessLink, asked, owner)).toMatchObject({ status: 'live' });
  });

  it('is for owners and supporters', async () => {
    const owner = await links.owner();
    const link = await links.create(owner);
    const supporter = links.supporter(owner);
    expect(await found(supporter, {})).toEqual([link.id]);
    for (const role of ['manager', 'viewer'] as const) {
      const grants = [{ scope: { type: 'account' as const, id: owner.accountId }, role }];
      const asked = { accountId: owner.accountId };
      expect(await tokens.attempt(listAccessLinks, asked, { ...owner, grants })).toBe('forbidden');
    }
  });
});

describe('One access link', () => {
  it('of another account and one that never was are not found, alike', async () => {
    const owner = await links.owner();
    const foreign = await links.create(await links.owner());
    for (const accessLinkId of [foreign.id, uuidv7()])
      expect(await tokens.attempt(getAccessLink, { accountId: owner.accountId, accessLinkId }, owner)).toBe(
        'not_found',
      );
  });
});
