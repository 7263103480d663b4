import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deleteAccessLink, isAccessLinkWanted } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { AccessLinks } from '../../test/access-links.ts';
import { LinkHolders } from '../../test/link-holders.ts';
import { type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let links: AccessLinks;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
  links = new AccessLinks(tokens);
  owner = await links.owner();
});
afterAll(() => tokens.stop());

const remove = ({ id }: { id: string }, by = owner) =>
  tokens.attempt(deleteAccessLink, { accountId: owner.accountId, accessLinkId: id }, by);

describe('An access link that is deleted', () => {
  it('is gone, and makes room for another', async () => {
    const person = links.person(owner.accountId);
    const link = await links.create(owner, links.asked(owner, person));

    expect(await remove(link)).toEqual({});

    expect(await remove(link)).toBe('not_found');
    await links.create(owner, links.asked(owner, person));
  });

  it('is told, with whom it let in', async () => {
    const person = links.person(owner.accountId);
    const { id } = await links.create(owner, links.asked(owner, person));
    await remove({ id });
    const [, deleted] = await tokens.eventsOf(`access-link:${id}`);
    expect(deleted).toMatchObject({
      type: 'dev.valetkey.access-link.deleted.v1',
      sequence: 2,
      data: { user: { id: person.userId, name: person.name } },
    });
  });

  it('takes its sessions along, and opens nothing any more', async () => {
    const holders = new LinkHolders(tokens);
    const mailed = await holders.mailed(owner);
    const opened = await holders.redeem(mailed);

    await remove(mailed.link);

    expect(await tokens.live(opened)).toEqual([false]);
    const [, ended] = await tokens.eventsOf(`session:${opened.session.id}`);
    expect(ended?.data).toMatchObject({ reason: 'credential-deleted', accessLinkId: mailed.link.id });
    expect(await holders.refusal(mailed)).toBe('invalid_link');
  });

  it('is mailed no more', async () => {
    const link = await links.create(owner);
    await remove(link);
    const notifications = await tokens.service.as('notifications');
    const asked = { accessLinkId: link.id, secretNumber: 1 };
    expect(await notifications.ask(isAccessLinkWanted, asked, tokens.service.context())).toEqual({ wanted: false });
  });
});

describe('A supporter', () => {
  it('deletes whoever’s link is for no owner, and one for themselves', async () => {
    const supporter = links.supporter(owner);
    expect(await remove(await links.create(owner), supporter)).toEqual({});
    const { userId, emailId } = links.person(owner.accountId, { userId: supporter.subject.id, role: 'supporter' });
    expect(await remove(await links.create(owner, { userId, emailId }), supporter)).toEqual({});
  });

  it('deletes none that is for an owner', async () => {
    const boss = links.person(owner.accountId, { role: 'owner' });
    const link = await links.create(owner, links.asked(owner, boss));
    expect(await remove(link, links.supporter(owner))).toBe('forbidden');
    expect(await remove(link)).toEqual({});
  });
});

describe('Deleting is refused', () => {
  it('for a link of another account and for one that never was, alike', async () => {
    const foreign = await links.create(await links.owner());
    for (const link of [foreign, { id: uuidv7() }, { id: 'no-id' }]) expect(await remove(link)).toBe('not_found');
  });

  it('while the module is off, to other roles and to keys', async () => {
    const link = await links.create(owner);
    const grants = [{ scope: { type: 'account' as const, id: owner.accountId }, role: 'manager' as const }];
    expect(await remove(link, { ...owner, modules: [] })).toBe('module_disabled');
    expect(await remove(link, { ...owner, grants })).toBe('forbidden');
    expect(await remove(link, { ...owner, kind: 'access_key' })).toBe('key_not_allowed');
  });
});
