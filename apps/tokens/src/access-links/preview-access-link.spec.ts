import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { previewAccessLink } from '@valetkey/contracts';
import { makeSecret } from '@valetkey/credentials';
import { LinkHolders, type Mailed } from '../../test/link-holders.ts';
import { MINUTE, type Owner, Tokens } from '../../test/tokens.ts';

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

const preview = ({ secret: token }: Pick<Mailed, 'secret'>, address = '203.0.113.7') =>
  tokens.attempt(previewAccessLink, { token }, undefined, { address });

describe('The preview of an access link', () => {
  it('says whose account it opens, by whom it was sent, and until when', async () => {
    const mailed = await holders.mailed(owner);
    expect(await preview(mailed)).toEqual({
      account: { name: 'Acme' },
      by: { name: 'Ada Owner' },
      expiresAt: mailed.link.expiresAt,
      needs: [],
    });
  });

  it('says what it asks for', async () => {
    const [password, twoFactor] = ['blue tram', true];
    const needsOf = async (...made: [object, object]) => preview(await holders.mailed(owner, ...made));
    expect(await needsOf({ password }, {})).toMatchObject({ needs: ['password'] });
    expect(await needsOf({}, { twoFactor })).toMatchObject({ needs: ['code'] });
    expect(await needsOf({ password }, { twoFactor })).toMatchObject({ needs: ['password', 'code'] });
    expect(await needsOf({ waiveTwoFactor: true }, { twoFactor })).toMatchObject({ needs: [] });
  });

  it('names who edited it last', async () => {
    const { link } = await holders.mailed(owner);
    await holders.links.edit(holders.links.supporter(owner), link, { maxUses: 1 });
    const secret = await holders.links.secretOf(link, 2);
    expect(await preview({ secret })).toMatchObject({ by: { name: 'Sue Support' } });
  });

  it('consumes nothing, however often a mail scanner looks', async () => {
    const mailed = await holders.mailed(owner, { maxUses: 1 });
    for (let looks = 0; looks < 5; looks += 1) await preview(mailed);
    expect(await holders.look(owner, mailed)).toEqual({ ...mailed.link, revision: 1 });
    expect(await tokens.told(`access-link:${mailed.link.id}`)).toEqual(['created']);
    expect(await holders.refusal(mailed)).toBeUndefined();
  });

  it('shows nothing of one that opens nothing', async () => {
    const mailed = await holders.mailed(owner, { expiresAt: tokens.later(MINUTE).toISOString() });
    tokens.service.clock.advance(MINUTE);
    for (const secret of [mailed.secret, makeSecret('vka'), 'hello'])
      expect(await preview({ secret })).toBe('invalid_link');
  });
});

describe('Guessed secrets of links', () => {
  it('are counted together with those of login tokens: 100 a minute and client', async () => {
    const address = '198.51.100.1';
    const guesses = Array.from({ length: 50 }, () => preview({ secret: makeSecret('vka') }, address));
    expect(new Set(await Promise.all(guesses))).toEqual(new Set(['invalid_link']));
    for (let tries = 0; tries < 50; tries += 1)
      expect(await tokens.refusal(makeSecret('vkl'), { address })).toBe('invalid_token');

    const mailed = await holders.mailed(owner);
    expect(await preview(mailed, address)).toBe('too_many_requests');
    expect(await holders.refusal(mailed, {}, { address })).toBe('too_many_requests');
    expect(await holders.refusal(mailed)).toBeUndefined();
    tokens.service.clock.advance(MINUTE);
    expect(await holders.refusal(mailed, {}, { address })).toBeUndefined();
  });

  it('do not count the holder of one that has ended', async () => {
    const address = '198.51.100.2';
    const mailed = await holders.mailed(owner, { expiresAt: tokens.later(MINUTE).toISOString() });
    tokens.service.clock.advance(MINUTE);
    for (let tries = 0; tries < 101; tries += 1) expect(await preview(mailed, address)).toBe('invalid_link');
  });
});
