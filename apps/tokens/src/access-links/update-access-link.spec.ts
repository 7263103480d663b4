import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type AskOf, type createAccessLink, getAccessLink, updateAccessLink } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { AccessLinks } from '../../test/access-links.ts';
import { LinkHolders } from '../../test/link-holders.ts';
import type { Person } from '../../test/link-people.ts';
import { HOUR, MINUTE, type Owner, Tokens } from '../../test/tokens.ts';

const DAY = 24 * HOUR;

let tokens: Tokens;
let links: AccessLinks;
let owner: Owner;
let person: Person;

beforeAll(async () => {
  tokens = await Tokens.start();
  links = new AccessLinks(tokens);
  owner = await links.owner();
});
beforeEach(() => {
  person = links.person(owner.accountId);
});
afterAll(() => tokens.stop());

const make = (fields: Partial<AskOf<typeof createAccessLink>> = {}) =>
  links.create(owner, { ...links.asked(owner, person), ...fields });
const about = ({ id }: { id: string }) => ({ accountId: owner.accountId, accessLinkId: id });
const refusalOf = (link: { id: string }, fields: object, by = owner) =>
  tokens.attempt(updateAccessLink, { ...about(link), ...fields }, by);
/** As redemptions and mistakes leave it. */
const become = (link: { id: string }, status: string) =>
  tokens.sql(
    `UPDATE access_links SET status = $2, uses = 2, wrong_tries = 20, delivery = 'sent', password_hash = 'a hash'
      WHERE id = $1`,
    [link.id, status],
  );

describe('An edit of an access link', () => {
  it('changes what is given, keeps what is absent, removes what is null', async () => {
    const link = await make({ password: 'blue tram', maxUses: 3, waiveTwoFactor: true });
    const expiresAt = tokens.later(DAY).toISOString();

    const changed = await links.edit(owner, link, { expiresAt, maxUses: null });

    const { maxUses: _removed, ...kept } = link;
    const editedBy = { id: owner.subject.id, name: 'Ada Owner' };
    expect(changed).toEqual({ ...kept, expiresAt, editedBy, revision: 2 });
    expect(await tokens.ask(getAccessLink, about(link), owner)).toEqual(changed);
    expect(await links.edit(owner, link, { password: null })).toMatchObject({ hasPassword: false, revision: 3 });
  });

  it('mails another secret, by which the old one is dead', async () => {
    const link = await make();
    const first = await tokens.mails.of(link);

    await links.edit(owner, link, { password: 'blue tram' });

    const second = await tokens.mails.of(link, 2);
    expect(second).toMatchObject({ to: person.email, hasPassword: true, secretNumber: 2, accessLinkId: link.id });
    expect(second.secret).not.toBe(first.secret);
    expect(second.mailId).not.toBe(first.mailId);
  });

  it('may pick another of the user’s addresses', async () => {
    const link = await make();
    Object.assign(person, { emailId: uuidv7(), email: 'uma@private.example' });

    const changed = await links.edit(owner, link, { emailId: person.emailId });

    expect(changed.email).toBe('uma@private.example');
    expect(await tokens.mails.of(link, 2)).toMatchObject({ to: 'uma@private.example' });
  });

  it.each(['live', 'locked', 'used', 'expired'])(
    'makes one that is %s live, with nothing of it used up',
    async (was) => {
      const link = await make({ maxUses: 2 });
      await become(link, was);

      const changed = await links.edit(owner, link, { expiresAt: tokens.later(DAY).toISOString() });

      expect(changed).toMatchObject({ status: 'live', uses: 0, delivery: 'queued', hasPassword: true });
      const [row] = await tokens.sql('SELECT wrong_tries FROM access_links WHERE id = $1', [link.id]);
      expect(row).toEqual({ wrong_tries: 0 });
    },
  );

  it('that names something as it is sends the link again all the same', async () => {
    const link = await make();
    expect(await links.edit(owner, link, { expiresAt: link.expiresAt })).toMatchObject({ revision: 2 });
    await tokens.mails.of(link, 2);
  });

  it('that names nothing changes nothing', async () => {
    const link = await make();
    expect(await links.edit(owner, link, {})).toEqual({ ...link, revision: 1 });
    expect(await tokens.told(`access-link:${link.id}`)).toEqual(['created']);
  });

  it('is told with what changed, of address and password without the values', async () => {
    const link = await make({ maxUses: 3 });
    Object.assign(person, { emailId: uuidv7(), email: 'uma@private.example' });
    const expiresAt = tokens.later(DAY).toISOString();

    await links.edit(owner, link, { emailId: person.emailId, password: 'blue tram', expiresAt, maxUses: 3 });

    const [, edited] = await tokens.eventsOf(`access-link:${link.id}`);
    expect(edited).toMatchObject({
      type: 'dev.valetkey.access-link.edited.v1',
      sequence: 2,
      actor: `user:${owner.subject.id}`,
      data: {
        user: { id: person.userId, name: person.name },
        changes: [
          { field: 'email' },
          { field: 'password' },
          { field: 'expiresAt', from: link.expiresAt, to: expiresAt },
        ],
        waiveTwoFactor: false,
        editorId: owner.subject.id,
      },
    });
    expect(JSON.stringify(edited)).not.toMatch(/blue tram|argon2|@private/);
  });

  it('names what it touched, once that is told', async () => {
    const link = await make();
    const asked = { ...about(link), maxUses: 1 };
    const { touched } = await tokens.service.gateway.request(updateAccessLink, asked, tokens.service.context(owner));
    expect(touched).toEqual([`access-link:${link.id}`]);
  });

  it('makes the editor the one who acts', async () => {
    const link = await make();
    const supporter = links.supporter(owner);
    const changed = await links.edit(supporter, link, { maxUses: 1 });
    expect(changed).toMatchObject({
      createdBy: { id: owner.subject.id },
      editedBy: { id: supporter.subject.id, name: 'Sue Support' },
    });
    expect(await tokens.mails.of(link, 2)).toMatchObject({ byName: 'Sue Support' });
  });

  it('by a supporter asks for the code again that an owner waived', async () => {
    person.twoFactor = true;
    const link = await make({ waiveTwoFactor: true });
    expect(await links.edit(owner, link, { maxUses: 1 })).toMatchObject({ waiveTwoFactor: true });

    const supporter = links.supporter(owner);
    expect(await refusalOf(link, { waiveTwoFactor: true }, supporter)).toBe('forbidden');
    expect(await links.edit(supporter, link, { maxUses: 2 })).toMatchObject({ waiveTwoFactor: false });

    expect(await tokens.mails.of(link, 3)).toMatchObject({ needsCode: true });
    const [, , edited] = await tokens.eventsOf(`access-link:${link.id}`);
    expect(edited?.data).toMatchObject({
      changes: [
        { field: 'maxUses', from: 1, to: 2 },
        { field: 'waiveTwoFactor', from: true, to: false },
      ],
      waiveTwoFactor: false,
    });
  });
});

describe('What an access link opened', () => {
  it('ends with its edit, and its old secret opens nothing any more', async () => {
    const holders = new LinkHolders(tokens);
    const mailed = await holders.mailed(owner);
    const opened = [await holders.redeem(mailed), await holders.redeem(mailed)];

    await links.edit(owner, mailed.link, { expiresAt: mailed.link.expiresAt });

    expect(await tokens.live(...opened)).toEqual([false, false]);
    const [, ended] = await tokens.eventsOf(`session:${opened[0]?.session.id}`);
    expect(ended?.data).toMatchObject({ reason: 'link-edited', accessLinkId: mailed.link.id });
    expect(await holders.refusal(mailed)).toBe('invalid_link');
    expect(await holders.refusal({ secret: await links.secretOf(mailed.link, 2) })).toBeUndefined();
  });

  it('goes on after an edit that names nothing', async () => {
    const holders = new LinkHolders(tokens);
    const mailed = await holders.mailed(owner);
    const opened = await holders.redeem(mailed);
    await links.edit(owner, mailed.link, {});
    expect(await tokens.live(opened)).toEqual([true]);
  });
});

describe('An edit is refused', () => {
  it('that would leave an expiry which is past, or too far ahead', async () => {
    const link = await make({ expiresAt: tokens.later(MINUTE).toISOString() });
    expect(await refusalOf(link, { expiresAt: tokens.later(0).toISOString() })).toBe('expiry_not_future');
    expect(await refusalOf(link, { expiresAt: tokens.later(31 * DAY).toISOString() })).toBe('expiry_too_far');
    tokens.service.clock.advance(MINUTE);
    expect(await refusalOf(link, { maxUses: 1 })).toBe('expiry_not_future');
    await links.edit(owner, link, { expiresAt: tokens.later(MINUTE).toISOString() });
  });

  it('that would make a second live link of the user', async () => {
    const used = await make();
    await become(used, 'used');
    const live = await make();
    expect(await refusalOf(used, { maxUses: 1 })).toBe('access_link_exists');
    expect(await tokens.told(`access-link:${used.id}`)).toEqual(['created']);

    tokens.service.clock.advance(HOUR);
    await links.edit(owner, used, { expiresAt: tokens.later(HOUR).toISOString() });
    expect(await tokens.told(`access-link:${live.id}`)).toEqual(['created', 'expired']);
  });

  it('of a link for oneself, or by a supporter for an owner', async () => {
    const link = await make();
    const itsUser = { ...owner, subject: { ...owner.subject, id: person.userId } };
    expect(await refusalOf(link, { maxUses: 1 }, itsUser)).toBe('own_link');
    person.roles.set(owner.accountId, 'owner');
    expect(await refusalOf(link, { maxUses: 1 }, links.supporter(owner))).toBe('forbidden');
  });

  it('with an address that is not the user’s, or no more', async () => {
    const link = await make();
    expect(await refusalOf(link, { emailId: uuidv7() })).toBe('not_found');
    person.email = null;
    expect(await refusalOf(link, { maxUses: 1 })).toBe('not_found');
  });

  it('while the module is off', async () => {
    const link = await make();
    expect(await refusalOf(link, { maxUses: 1 }, { ...owner, modules: [] })).toBe('module_disabled');
  });

  it('for a link of another account and for one that never was, alike, whatever the body', async () => {
    const foreign = await links.create(await links.owner());
    for (const link of [foreign, { id: uuidv7() }, { id: 'no-id' }]) {
      expect(await refusalOf(link, { maxUses: 1 })).toBe('not_found');
      expect(await refusalOf(link, { maxUses: 0 })).toBe('not_found');
    }
    expect(await refusalOf(await make(), { maxUses: 0 })).toBe('malformed');
  });
});
