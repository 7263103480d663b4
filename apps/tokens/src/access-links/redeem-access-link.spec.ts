import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { deleteAccessLink, Failure } from '@valetkey/contracts';
import { makeSecret } from '@valetkey/credentials';
import { LinkHolders } from '../../test/link-holders.ts';
import { RIGHT_CODE } from '../../test/link-people.ts';
import { MINUTE, type Owner, Tokens } from '../../test/tokens.ts';

const password = 'blue tram';

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

describe('Redeeming an access link', () => {
  it('opens a session of its user, in which the link acts, and its editor behind it', async () => {
    const mailed = await holders.mailed(owner);
    const { session, secret } = await holders.redeem(mailed);

    expect(secret).toMatch(/^vks_/);
    expect(session).toEqual({
      id: expect.any(String),
      kind: 'access_link',
      subject: { type: 'user', id: mailed.person.userId, name: 'Uma User' },
      actor: {
        type: 'access-link',
        id: mailed.link.id,
        name: 'Access link',
        actor: { type: 'user', id: owner.subject.id, name: 'Ada Owner' },
      },
      accountId: owner.accountId,
      operator: false,
      allowedCidrs: [],
      createdAt: '2026-03-01T12:00:00.000Z',
      lastSeenAt: '2026-03-01T12:00:00.000Z',
      idleExpiresAt: '2026-03-01T12:30:00.000Z',
      expiresAt: mailed.link.expiresAt,
      idleSeconds: 1800,
      address: '203.0.113.7',
      userAgent: 'jest',
    });
    expect(await tokens.verify(secret)).toEqual(session);
  });

  it('is told as an act of the link on behalf of its user', async () => {
    const { link, person, session } = await holders.visit(owner);

    const act = { accountid: owner.accountId, actor: `access-link:${link.id}`, onbehalfof: `user:${person.userId}` };
    expect(await tokens.eventsOf(`session:${session.id}`)).toMatchObject([
      {
        type: 'dev.valetkey.session.opened.v1',
        ...act,
        data: {
          kind: 'access_link',
          subject: { type: 'user', id: person.userId },
          actor: { type: 'access-link', id: link.id },
          accessLinkId: link.id,
          expiresAt: link.expiresAt,
        },
      },
    ]);
    const [, redeemed] = await tokens.eventsOf(`access-link:${link.id}`);
    const user = { id: person.userId, name: 'Uma User' };
    expect(redeemed).toMatchObject({ ...act, data: { user, sessionId: session.id, address: '203.0.113.7' } });
  });

  it('counts the use and notes when and from where; without a limit any number will do', async () => {
    const mailed = await holders.mailed(owner);
    await holders.redeem(mailed);
    tokens.service.clock.advance(MINUTE);
    await holders.redeem(mailed, {}, { address: '198.51.100.9' });

    const used = { lastUsedAt: tokens.later(0).toISOString(), lastUsedFrom: '198.51.100.9' };
    expect(await holders.look(owner, mailed)).toMatchObject({ status: 'live', uses: 2, ...used });
  });

  it('spends its last use, and then it is used, while its sessions go on', async () => {
    const mailed = await holders.mailed(owner, { maxUses: 2 });
    const opened = [await holders.redeem(mailed), await holders.redeem(mailed)];

    expect(await holders.look(owner, mailed)).toMatchObject({ status: 'used', uses: 2 });
    expect(await holders.refusal(mailed)).toBe('invalid_link');
    expect(await tokens.live(...opened)).toEqual([true, true]);
    expect(await tokens.told(`access-link:${mailed.link.id}`)).toEqual(['created', 'redeemed', 'redeemed', 'used']);
  });

  it('opens a forwarded session beside it when it is by cookie', async () => {
    const opened = await holders.redeem(await holders.mailed(owner), { cookie: true });
    expect(opened.forwardedSecret).toMatch(/^vkf_/);
    expect(await tokens.verify(opened.forwardedSecret ?? '')).toEqual(opened.session);
  });
});

describe('The password of an access link', () => {
  it('is asked for, and nothing else opens it', async () => {
    const mailed = await holders.mailed(owner, { password });
    expect(await holders.refusal(mailed)).toBe('password_required');
    expect(await holders.refusal(mailed, { password: 'red tram' })).toBe('wrong_password');
    expect(await holders.refusal(mailed, { password })).toBeUndefined();
  });

  it('that it does not have is not looked at', async () => {
    expect(await holders.refusal(await holders.mailed(owner), { password })).toBeUndefined();
  });
});

describe('The two-factor of its user', () => {
  it('is asked for after the password', async () => {
    const mailed = await holders.mailed(owner, { password }, { twoFactor: true });
    expect(await holders.refusal(mailed, { code: RIGHT_CODE })).toBe('password_required');
    expect(await holders.refusal(mailed, { password: 'red tram', code: RIGHT_CODE })).toBe('wrong_password');
    expect(await holders.refusal(mailed, { password })).toBe('code_required');
    expect(await holders.refusal(mailed, { password, code: '000000' })).toBe('wrong_code');
    expect(await holders.refusal(mailed, { password, code: RIGHT_CODE })).toBeUndefined();
  });

  it('may be shown by a recovery code, which identity judges', async () => {
    const mailed = await holders.mailed(owner, {}, { twoFactor: true });
    expect(await holders.refusal(mailed, { recoveryCode: 'abcd-efgh' })).toBe('wrong_code');
  });

  it('is not asked for where an owner waived it', async () => {
    const mailed = await holders.mailed(owner, { waiveTwoFactor: true }, { twoFactor: true });
    expect(await holders.refusal(mailed)).toBeUndefined();
  });

  it('is asked for again once who waived it is no owner any more', async () => {
    const supporter = holders.links.supporter(owner);
    const maker = tokens.people.of(supporter);
    maker.roles.set(owner.accountId, 'owner');
    const mailed = await holders.mailed(supporter, { waiveTwoFactor: true }, { twoFactor: true });
    maker.roles.set(owner.accountId, 'supporter');
    expect(await holders.refusal(mailed)).toBe('code_required');
    expect(await holders.refusal(mailed, { code: RIGHT_CODE })).toBeUndefined();
  });

  it('is not asked for when it was turned off a moment ago', async () => {
    const mailed = await holders.mailed(owner, {}, { twoFactor: true });
    tokens.people.spending.set(mailed.person.userId, new Failure('two_factor_off'));
    expect(await holders.refusal(mailed, { code: '000000' })).toBeUndefined();
  });

  it('waits when the user has given too many wrong codes elsewhere, which is no mistake on this link', async () => {
    const mailed = await holders.mailed(owner, {}, { twoFactor: true });
    tokens.people.spending.set(mailed.person.userId, new Failure('too_many_requests', { retryAfter: 7 }));
    for (let tries = 0; tries < 6; tries += 1)
      expect(await holders.refusal(mailed, { code: '000000' })).toBe('too_many_requests');

    tokens.people.spending.delete(mailed.person.userId);
    expect(await holders.refusal(mailed, { code: RIGHT_CODE })).toBeUndefined();
  });
});

describe('One answer, invalid_link, is given for', () => {
  it.each([
    ['something else', 'hello'],
    ['a secret of another kind', makeSecret('vkl')],
    ['a secret with a typo', `${makeSecret('vka').slice(0, -1)}-`],
    ['an unknown secret', makeSecret('vka')],
  ])('%s', async (_what, secret) => {
    expect(await holders.refusal({ secret })).toBe('invalid_link');
  });

  it('a link past its end, whether or not anybody has noted it', async () => {
    const mailed = await holders.mailed(owner, { expiresAt: tokens.later(MINUTE).toISOString() });
    tokens.service.clock.advance(MINUTE);
    expect(await holders.refusal(mailed)).toBe('invalid_link');
    await tokens.sweep();
    expect(await holders.refusal(mailed)).toBe('invalid_link');
  });

  it('a deleted link, whatever password comes with it', async () => {
    const mailed = await holders.mailed(owner, { password });
    await tokens.ask(deleteAccessLink, { accountId: owner.accountId, accessLinkId: mailed.link.id }, owner);
    expect(await holders.refusal(mailed, { password })).toBe('invalid_link');
  });

  it('the secret before an edit, and not the one after', async () => {
    const { link, secret } = await holders.mailed(owner);
    await holders.links.edit(owner, link, { maxUses: 1 });
    expect(await holders.refusal({ secret })).toBe('invalid_link');
    expect(await holders.refusal({ secret: await holders.links.secretOf(link, 2) })).toBeUndefined();
  });

  it('one whose editor may send it no more, though nobody has told us yet', async () => {
    const supporter = holders.links.supporter(owner);
    const mailed = await holders.mailed(supporter);
    mailed.person.roles.set(owner.accountId, 'owner');
    expect(await holders.refusal(mailed)).toBe('invalid_link');
  });

  it.each([
    ['whose user is a member no more', (who) => who.roles.clear()],
    ['whose address is its user’s no more', (who) => (who.email = null)],
    ['whose user platform staff have locked', (who) => (who.locked = true)],
  ] satisfies [string, (who: Awaited<ReturnType<LinkHolders['mailed']>>['person']) => void][])(
    'one %s',
    async (_what, happens) => {
      const mailed = await holders.mailed(owner);
      happens(mailed.person);
      expect(await holders.refusal(mailed)).toBe('invalid_link');
    },
  );

  it('one of an account that tenancy knows no more', async () => {
    const mailed = await holders.mailed(owner);
    tokens.people.goneAccounts.add(owner.accountId);
    expect(await holders.refusal(mailed)).toBe('invalid_link');
  });

  it('one whose user may stand nowhere in the account', async () => {
    const mailed = await holders.mailed(owner);
    tokens.lostPlaces.add(`${mailed.person.userId} ${owner.accountId}`);
    expect(await holders.refusal(mailed)).toBe('invalid_link');
  });
});

describe('A redemption that is refused', () => {
  it('uses up nothing', async () => {
    const mailed = await holders.mailed(owner, { password, maxUses: 1 });
    await holders.refusal(mailed, { password: 'red tram' });
    await holders.refusal(mailed);
    expect(await holders.look(owner, mailed)).toMatchObject({ status: 'live', uses: 0 });
    expect(await holders.look(owner, mailed)).not.toHaveProperty('lastUsedAt');
  });

  it('is answered unavailable, not invalid, while tenancy is away', async () => {
    const mailed = await holders.mailed(owner);
    tokens.lostPlaces.add(`${mailed.person.userId} silence`);
    expect(await holders.refusal(mailed)).toBe('unavailable');
    tokens.lostPlaces.delete(`${mailed.person.userId} silence`);
    expect(await holders.refusal(mailed)).toBeUndefined();
  });

  it('opens nothing while platform staff have locked who lends', async () => {
    const supporter = holders.links.supporter(owner);
    const mailed = await holders.mailed(supporter);
    tokens.people.of(supporter).locked = true;
    expect(await holders.refusal(mailed)).toBe('invalid_link');
    tokens.people.of(supporter).locked = false;
    expect(await holders.refusal(mailed)).toBeUndefined();
  });

  it('spends no code while tenancy is away', async () => {
    const mailed = await holders.mailed(owner, {}, { twoFactor: true });
    const { userId } = mailed.person;
    tokens.lostPlaces.add(`${userId} silence`);
    expect(await holders.refusal(mailed, { code: RIGHT_CODE })).toBe('unavailable');
    expect(tokens.people.spent).not.toContain(userId);

    tokens.lostPlaces.delete(`${userId} silence`);
    expect(await holders.refusal(mailed, { code: RIGHT_CODE })).toBeUndefined();
    expect(tokens.people.spent).toContain(userId);
  });
});
