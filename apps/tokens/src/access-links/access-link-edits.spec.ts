import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { deleteAccessLink, getAccessLink, updateAccessLink } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { AccessLinks } from '../../test/access-links.ts';
import type { Person } from '../../test/link-people.ts';
import { HOUR, type Owner, Tokens } from '../../test/tokens.ts';

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

const make = () => links.create(owner, links.asked(owner, person));
const about = ({ id }: { id: string }) => ({ accountId: owner.accountId, accessLinkId: id });
const refusalOf = (link: { id: string }, fields: object, ifMatch?: string) =>
  tokens.attempt(updateAccessLink, { ...about(link), ...fields }, owner, { ifMatch });

describe('If-Match', () => {
  it('admits the present revision, and refuses a stale one', async () => {
    const link = await make();
    expect(await links.edit(owner, link, { maxUses: 1 }, '"1"')).toMatchObject({ revision: 2 });
    expect(await refusalOf(link, { maxUses: 2 }, '"1"')).toBe('precondition_failed');
    expect(await refusalOf(link, {}, '"1"')).toBe('precondition_failed');
    expect(await links.edit(owner, link, { maxUses: 2 }, '*')).toMatchObject({ revision: 3 });
  });

  it('lets one of many simultaneous edits through', async () => {
    const link = await make();
    const edits = [1, 2, 3, 4, 5].map((maxUses) => refusalOf(link, { maxUses }, '"1"'));
    const answers = await Promise.all(edits);
    expect(answers.filter((answer) => answer !== 'precondition_failed')).toHaveLength(1);
  });
});

describe('Of edits at once', () => {
  it('each has its effect, and the last one’s secret is the one that lives', async () => {
    const link = await make();
    await Promise.all([
      links.edit(owner, link, { maxUses: 7 }),
      links.edit(owner, link, { password: 'blue tram' }),
      links.edit(owner, link, { expiresAt: tokens.later(DAY).toISOString() }),
    ]);
    expect(await tokens.ask(getAccessLink, about(link), owner)).toMatchObject({
      maxUses: 7,
      hasPassword: true,
      expiresAt: tokens.later(DAY).toISOString(),
      revision: 4,
    });
  });

  it('one that keeps the address keeps the one that another has just picked', async () => {
    const link = await make();
    const fields = { emailId: uuidv7() };
    tokens.people.meanwhile.identity = async () => {
      Object.assign(person, { emailId: fields.emailId, email: 'uma@private.example' });
      await links.edit(owner, link, fields);
    };

    const changed = await links.edit(owner, link, { maxUses: 1 });

    expect(changed).toMatchObject({ email: 'uma@private.example', maxUses: 1, revision: 3 });
    expect(await tokens.mails.of(link, 3)).toMatchObject({ to: 'uma@private.example' });
  });

  it('none brings back a link deleted meanwhile', async () => {
    const link = await make();
    tokens.people.meanwhile.identity = () => tokens.ask(deleteAccessLink, about(link), owner);
    expect(await refusalOf(link, { maxUses: 1 })).toBe('not_found');
  });
});
