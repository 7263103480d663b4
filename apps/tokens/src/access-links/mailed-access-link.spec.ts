import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deleteAccessLink, Failure, findLinkOfMail, isAccessLinkWanted } from '@valetkey/contracts';
import type { Bus } from '@valetkey/messaging';
import { v7 as uuidv7 } from 'uuid';
import { AccessLinks } from '../../test/access-links.ts';
import { HOUR, type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let links: AccessLinks;
let owner: Owner;
let notifications: Bus;

beforeAll(async () => {
  tokens = await Tokens.start();
  links = new AccessLinks(tokens);
  owner = await links.owner();
  notifications = await tokens.service.as('notifications');
});
afterAll(() => tokens.stop());

const isWanted = async ({ id }: { id: string }, secretNumber = 1) => {
  const asked = { accessLinkId: id, secretNumber };
  return notifications.ask(isAccessLinkWanted, asked, tokens.service.context());
};
const find = async (mailId: string) => {
  const answer = await notifications.ask(findLinkOfMail, { mailId }, tokens.service.context());
  return answer instanceof Failure ? answer.code : answer;
};
const become = (link: { id: string }, status: string) =>
  tokens.sql('UPDATE access_links SET status = $2 WHERE id = $1', [link.id, status]);

describe('The mail of an access link', () => {
  it('is wanted while the link lives, its module on or off', async () => {
    const asker = await links.owner();
    const link = await links.create(asker);
    expect(await isWanted(link)).toEqual({ wanted: true });
    await tokens.sql(`UPDATE accounts SET modules = '{}' WHERE id = $1`, [asker.accountId]);
    expect(await isWanted(link)).toEqual({ wanted: true });
  });

  it('is not once an edit has made another', async () => {
    const link = await links.create(owner);
    await links.edit(owner, link, { maxUses: 1 });
    expect(await isWanted(link)).toEqual({ wanted: false });
    expect(await isWanted(link, 2)).toEqual({ wanted: true });
  });

  it.each(['locked', 'used', 'expired'])('is not once the link is %s', async (status) => {
    const link = await links.create(owner);
    await become(link, status);
    expect(await isWanted(link)).toEqual({ wanted: false });
  });

  it('is not past the link’s expiry, noted or not, nor in a deleted account, nor for one that never was', async () => {
    const asker = await links.owner();
    const [due, left] = [
      await links.create(owner),
      await links.create(asker, { expiresAt: tokens.later(2 * HOUR).toISOString() }),
    ];
    tokens.service.clock.advance(HOUR);
    await tokens.sql('UPDATE accounts SET deleted = true WHERE id = $1', [asker.accountId]);
    for (const link of [due, left, { id: uuidv7() }]) expect(await isWanted(link)).toEqual({ wanted: false });
  });
});

describe('Who is to know that a mail failed', () => {
  it('is the last editor of the link', async () => {
    const person = links.person(owner.accountId);
    const link = await links.create(owner, links.asked(owner, person));
    const { mailId } = await tokens.mails.of(link);
    const found = { accessLinkId: link.id, accountId: owner.accountId, userName: person.name };
    expect(await find(mailId)).toEqual({ ...found, editorId: owner.subject.id });

    const supporter = links.supporter(owner);
    await links.edit(supporter, link, { maxUses: 1 });
    expect(await find(mailId)).toBe('not_found');
    const { mailId: present } = await tokens.mails.of(link, 2);
    expect(await find(present)).toEqual({ ...found, editorId: supporter.subject.id });
  });

  it('is nobody once the link is deleted, and for other mails', async () => {
    const link = await links.create(owner);
    const { mailId } = await tokens.mails.of(link);
    await tokens.ask(deleteAccessLink, { accountId: owner.accountId, accessLinkId: link.id }, owner);
    expect(await find(mailId)).toBe('not_found');
    expect(await find(uuidv7())).toBe('not_found');
  });
});
