import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deleteAccessLink } from '@valetkey/contracts';
import { LinkHolders } from '../../test/link-holders.ts';
import { type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let holders: LinkHolders;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
  holders = new LinkHolders(tokens);
  owner = await holders.links.owner();
});
afterAll(() => tokens.stop());

const live = async (linkId: string) =>
  (await tokens.sql('SELECT 1 FROM sessions WHERE access_link_id = $1 AND ended_at IS NULL', [linkId])).length;

describe('Of fifty redemptions at once', () => {
  it.each([[1], [7], [50]])('as many succeed as the link has uses: %i', async (maxUses) => {
    const mailed = await holders.mailed(owner, { maxUses });
    const answers = await Promise.all(Array.from({ length: 50 }, () => holders.refusal(mailed)));

    expect(answers.filter((answer) => answer === undefined)).toHaveLength(maxUses);
    expect(answers.filter((answer) => answer === 'invalid_link')).toHaveLength(50 - maxUses);
    expect(await holders.look(owner, mailed)).toMatchObject({ status: 'used', uses: maxUses });
    expect(await live(mailed.link.id)).toBe(maxUses);
    const told = await tokens.told(`access-link:${mailed.link.id}`);
    expect(told).toEqual(['created', ...Array.from({ length: maxUses }, () => 'redeemed'), 'used']);
  });
});

describe('A redemption that meets', () => {
  it('an edit leaves no session of the old secret', async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      const mailed = await holders.mailed(owner);
      await Promise.all([
        ...Array.from({ length: 3 }, () => holders.refusal(mailed)),
        holders.links.edit(owner, mailed.link, { maxUses: 5 }),
      ]);
      expect(await live(mailed.link.id)).toBe(0);
      expect(await holders.look(owner, mailed)).toMatchObject({ status: 'live', uses: 0 });
    }
  });

  it('a deletion leaves no session', async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      const mailed = await holders.mailed(owner);
      const about = { accountId: owner.accountId, accessLinkId: mailed.link.id };
      await Promise.all([
        ...Array.from({ length: 3 }, () => holders.refusal(mailed)),
        tokens.ask(deleteAccessLink, about, owner),
      ]);
      expect(await live(mailed.link.id)).toBe(0);
    }
  });

  it('the end of its module leaves no session', async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      const another = tokens.owner({ modules: ['access_links'] });
      const events = tokens.tenancyOf(another);
      await tokens.tell(events.created(null, ['access_links']));
      const mailed = await holders.mailed(another);
      await Promise.all([
        ...Array.from({ length: 3 }, () => holders.refusal(mailed)),
        tokens.tell(events.disabled('access_links')),
      ]);
      expect(await live(mailed.link.id)).toBe(0);
    }
  });

  it('the loss of its user’s membership leaves no session', async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      const mailed = await holders.mailed(owner);
      const { userId, roles } = mailed.person;
      const redeeming = Array.from({ length: 3 }, () => holders.refusal(mailed));
      // One is in when it happens, the others are about to be.
      expect(await Promise.race(redeeming)).toBeUndefined();
      roles.clear();
      await Promise.all([...redeeming, holders.tell(holders.told('removed', userId, owner.accountId))]);
      expect(await live(mailed.link.id)).toBe(0);
    }
  });
});
