import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessLink, createAccessLink, getAccessLink } from '@valetkey/contracts';
import { hashSecret } from '@valetkey/credentials';
import { Replayed } from '@valetkey/messaging';
import { v7 as uuidv7 } from 'uuid';
import { AccessLinks } from '../../test/access-links.ts';
import { HOUR, MILLISECOND, type Owner, Tokens } from '../../test/tokens.ts';

const DAY = 24 * HOUR;

let tokens: Tokens;
let links: AccessLinks;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
  links = new AccessLinks(tokens);
  owner = await links.owner();
});
afterAll(() => tokens.stop());

const refusalOf = (fields: object, maker = owner) =>
  tokens.attempt(createAccessLink, { ...links.asked(maker), ...fields }, maker);

describe('A new access link', () => {
  it('is live, and its mail on the way', async () => {
    const { userId, emailId, email } = links.person(owner.accountId);
    const link = await links.create(owner, { userId, emailId });

    expect(link).toEqual({
      id: expect.any(String),
      user: { id: userId, name: 'Uma User' },
      email,
      status: 'live',
      expiresAt: tokens.later(HOUR).toISOString(),
      hasPassword: false,
      uses: 0,
      waiveTwoFactor: false,
      delivery: 'queued',
      createdAt: '2026-03-01T12:00:00.000Z',
      createdBy: { id: owner.subject.id, name: 'Ada Owner' },
    });
    const shown = await tokens.ask(getAccessLink, { accountId: owner.accountId, accessLinkId: link.id }, owner);
    expect(shown).toEqual({ ...link, revision: 1 });
  });

  it('has what is asked for, a password as argon2id alone', async () => {
    const expiresAt = tokens.later(30 * DAY).toISOString();
    const link = await links.create(owner, { expiresAt, password: 'blue tram', maxUses: 3, waiveTwoFactor: true });

    expect(link).toMatchObject({ expiresAt, hasPassword: true, maxUses: 3, waiveTwoFactor: true });
    const [row] = await tokens.sql('SELECT password_hash FROM access_links WHERE id = $1', [link.id]);
    expect(row?.password_hash).toMatch(/^\$argon2id\$/);
  });

  it('is mailed to the address picked, with all that its reader is to know', async () => {
    const { userId, emailId, email } = links.person(owner.accountId, { locale: 'pt', twoFactor: true });
    const link = await links.create(owner, { userId, emailId, password: 'blue tram' });

    expect(await tokens.mails.of(link)).toEqual({
      template: 'access-link',
      to: email,
      locale: 'pt',
      secret: expect.stringMatching(/^vka_[0-9A-Za-z]{49}$/),
      accountName: 'Acme',
      byName: 'Ada Owner',
      expiresAt: link.expiresAt,
      hasPassword: true,
      needsCode: true,
      accessLinkId: link.id,
      secretNumber: 1,
      mailId: expect.any(String),
    });
  });

  it('asks for a code only of one who has two-factor on, and not where it is waived', async () => {
    const needsCode = async (twoFactor: boolean, waiveTwoFactor: boolean) => {
      const { userId, emailId } = links.person(owner.accountId, { twoFactor });
      return (await tokens.mails.of(await links.create(owner, { userId, emailId, waiveTwoFactor }))).needsCode;
    };
    expect(await needsCode(true, false)).toBe(true);
    expect(await needsCode(true, true)).toBe(false);
    expect(await needsCode(false, false)).toBe(false);
  });

  it('is told, without address and password', async () => {
    const { userId, emailId, email } = links.person(owner.accountId);
    const { id, expiresAt } = await links.create(owner, { userId, emailId, password: 'blue tram', maxUses: 3 });

    const events = await tokens.eventsOf(`access-link:${id}`);
    expect(events).toMatchObject([
      {
        type: 'dev.valetkey.access-link.created.v1',
        accountid: owner.accountId,
        actor: `user:${owner.subject.id}`,
        sequence: 1,
        data: {
          user: { id: userId, name: 'Uma User' },
          expiresAt,
          hasPassword: true,
          maxUses: 3,
          waiveTwoFactor: false,
          editorId: owner.subject.id,
        },
      },
    ]);
    expect(JSON.stringify(events)).not.toMatch(new RegExp(`blue tram|${email}`));
  });

  it('keeps its secret in no row once its mail is handed over, and a hash alone', async () => {
    const link = await links.create(owner, { password: 'blue tram' });
    const secret = await links.secretOf(link);
    const rows: unknown[] = [];
    for (const table of ['access_links', 'outbox', 'idempotency'])
      rows.push(await tokens.sql(`SELECT t::text AS all FROM ${table} t`));
    const all = JSON.stringify(rows);
    expect(all).toContain(hashSecret(secret));
    expect(all).not.toContain(secret.slice(4, -6));
    expect(all).not.toContain('blue tram');
  });

  it('that is asked for again is the one there is, and is mailed once', async () => {
    const asked = links.asked(owner);
    const keyed = () => tokens.service.context(owner, { idempotency: { key: 'again', bodyDigest: 'same' } });
    const first = await tokens.service.gateway.ask(createAccessLink, asked, keyed());
    const { answer } = await tokens.service.gateway.request(createAccessLink, asked, keyed());
    if (!(answer instanceof Replayed)) throw new Error('not a replay');
    expect(answer.value).toEqual(first);
    const link = AccessLink.parse(answer.value);
    await tokens.mails.of(link);
    expect(tokens.mails.all.filter(({ accessLinkId }) => accessLinkId === link.id)).toHaveLength(1);
  });
});

describe('Of one user and account there is one live link', () => {
  it('and of many asked for at once one alone', async () => {
    const person = links.person(owner.accountId);
    const asked = Array.from({ length: 10 }, () => refusalOf(links.asked(owner, person)));
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer !== 'access_link_exists')).toHaveLength(1);
  });

  it('though there may be others for the same user in other accounts, and after it has expired', async () => {
    const neighbour = await links.owner();
    const roles = new Map([owner, neighbour].map(({ accountId }) => [accountId, 'viewer' as const]));
    const person = links.person(owner.accountId, { roles });
    const first = await links.create(owner, links.asked(owner, person));
    await links.create(neighbour, links.asked(neighbour, person));

    tokens.service.clock.advance(HOUR);
    const { id } = await links.create(owner, links.asked(owner, person));

    expect(id).not.toBe(first.id);
    expect(await tokens.told(`access-link:${first.id}`)).toEqual(['created', 'expired']);
    expect(await refusalOf(links.asked(owner, person))).toBe('access_link_exists');
  });
});

describe('An access link is refused', () => {
  it.each([
    ['a second before now', -1_000, 'expiry_not_future'],
    ['now', 0, 'expiry_not_future'],
    ['more than thirty days from now', 30 * DAY + MILLISECOND, 'expiry_too_far'],
  ])('an expiry %s', async (_when, milliseconds, code) => {
    expect(await refusalOf({ expiresAt: tokens.later(milliseconds).toISOString() })).toBe(code);
  });

  it('an address that is another’s, is not verified, or never was, and a user who is no member, alike', async () => {
    const { accountId } = owner;
    const unverified = links.person(accountId, { email: null });
    const stranger = links.person(uuidv7());
    for (const wrong of [
      { emailId: links.person(accountId).emailId },
      { userId: unverified.userId, emailId: unverified.emailId },
      { emailId: uuidv7() },
      { userId: stranger.userId, emailId: stranger.emailId },
      { userId: uuidv7() },
    ])
      expect(await refusalOf(wrong)).toBe('not_found');
  });

  it.each([
    ['a password of three characters', { password: 'abc' }],
    ['a password of 129 characters', { password: 'a'.repeat(129) }],
    ['no uses', { maxUses: 0 }],
    ['more than a thousand uses', { maxUses: 1001 }],
    ['no expiry', { expiresAt: null }],
    ['a secret of the asker’s choice', { secret: 'vka_secret' }],
  ])('%s', async (_what, fields) => {
    expect(await refusalOf(fields)).toBe('malformed');
  });

  it('for oneself', async () => {
    expect(await refusalOf({ userId: owner.subject.id })).toBe('own_link');
  });

  it('where tenancy knows the account no more', async () => {
    const maker = await links.owner();
    tokens.people.goneAccounts.add(maker.accountId);
    expect(await refusalOf({}, maker)).toBe('not_found');
  });

  it('while the module is off', async () => {
    expect(await refusalOf({}, { ...owner, modules: ['login_tokens'] })).toBe('module_disabled');
  });

  it.each(['manager', 'viewer'] as const)('to an account %s', async (role) => {
    const grants = [{ scope: { type: 'account' as const, id: owner.accountId }, role }];
    expect(await refusalOf({}, { ...owner, grants })).toBe('forbidden');
  });

  it('to an access key', async () => {
    expect(await refusalOf({}, { ...owner, kind: 'access_key' })).toBe('key_not_allowed');
  });
});

describe('A supporter', () => {
  it('makes links for whoever is no owner', async () => {
    const supporter = links.supporter(owner);
    const link = await links.create(supporter);
    expect(link.createdBy).toEqual({ id: supporter.subject.id, name: 'Sue Support' });
    const boss = links.person(owner.accountId, { role: 'owner' });
    expect(await refusalOf(links.asked(owner, boss), supporter)).toBe('forbidden');
    await links.create(owner, links.asked(owner, boss));
  });

  it('waives no two-factor', async () => {
    expect(await refusalOf({ waiveTwoFactor: true }, links.supporter(owner))).toBe('forbidden');
  });

  it('makes none any more once tenancy knows them as none', async () => {
    const supporter = links.supporter(owner);
    const demoted = links.person(owner.accountId, { role: 'viewer' });
    expect(await refusalOf({}, { ...supporter, subject: { ...supporter.subject, id: demoted.userId } })).toBe(
      'forbidden',
    );
  });
});
