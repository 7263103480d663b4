import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LinkHolders, type Mailed } from '../../test/link-holders.ts';
import { type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let holders: LinkHolders;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
  holders = new LinkHolders(tokens);
});
beforeEach(async () => {
  owner = await holders.links.owner();
});
afterAll(() => tokens.stop());

const ends = ({ link }: Mailed) => tokens.sql('SELECT end_reason FROM sessions WHERE access_link_id = $1', [link.id]);
/** Redeems, while something happens before identity is asked for the second time. */
async function refusalWhile({ secret }: Mailed, happens: () => void) {
  tokens.afterChoice.happens = happens;
  const refusal = await holders.refusal({ secret });
  delete tokens.afterChoice.happens;
  return refusal;
}

describe('A session that a link has just opened', () => {
  it('while its user was being locked is ended before it is answered', async () => {
    const mailed = await holders.mailed(owner);
    expect(await refusalWhile(mailed, () => (mailed.person.locked = true))).toBe('invalid_link');
    expect(await ends(mailed)).toEqual([{ end_reason: 'user-locked' }]);
  });

  it('is ended when identity does not say whether its user was locked, and its use can be made again', async () => {
    const mailed = await holders.mailed(owner, { maxUses: 1 });
    const { userId } = mailed.person;
    expect(await refusalWhile(mailed, () => tokens.people.silent.add(userId))).toBe('unavailable');
    expect(await ends(mailed)).toEqual([{ end_reason: 'signed-out' }]);
    expect(await holders.look(owner, mailed)).toMatchObject({ status: 'live', uses: 0 });

    tokens.people.silent.delete(userId);
    expect(await holders.refusal(mailed)).toBeUndefined();
    const [, ...uses] = await tokens.told(`access-link:${mailed.link.id}`);
    expect(uses).toEqual(['redeemed', 'used', 'redeemed', 'used']);
  });

  it('is ended too when its user has been sent another link, beside which the first stays used', async () => {
    const mailed = await holders.mailed(owner, { maxUses: 1 });
    const { person } = mailed;
    const sendAnother = async () => {
      await holders.links.create(owner, holders.links.asked(owner, person));
      tokens.people.silent.add(person.userId);
    };
    expect(await refusalWhile(mailed, () => (tokens.people.meanwhile.identity = sendAnother))).toBe('unavailable');
    expect(await ends(mailed)).toEqual([{ end_reason: 'signed-out' }]);
    expect(await holders.look(owner, mailed)).toMatchObject({ status: 'used', uses: 1 });
  });
});
