import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AccessLinkDelivery, getAccessLink } from '@valetkey/contracts';
import { AccessLinks } from '../../test/access-links.ts';
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

async function deliveryOf({ id }: { id: string }): Promise<AccessLinkDelivery> {
  const asked = { accountId: owner.accountId, accessLinkId: id };
  return (await tokens.ask(getAccessLink, asked, owner)).delivery;
}
async function mailed() {
  const link = await links.create(owner);
  return { link, mailId: (await tokens.mails.of(link)).mailId };
}

describe('An access link shows what came of its mail', () => {
  it('once it is sent', async () => {
    const { link, mailId } = await mailed();
    const sent = links.sent(mailId);
    await links.tell(sent);
    expect(await deliveryOf(link)).toBe('sent');
    expect(await links.tell(sent)).toEqual({ duplicates: 1 });
  });

  it.each(['refused', 'expired', 'unreadable'] as const)('when it failed as %s', async (reason) => {
    const { link, mailId } = await mailed();
    await links.tell(links.failed(mailId, reason));
    expect(await deliveryOf(link)).toBe('failed');
  });

  it('and is not failed because nobody wanted it any more', async () => {
    const { link, mailId } = await mailed();
    await links.tell(links.failed(mailId, 'not-wanted'));
    expect(await deliveryOf(link)).toBe('queued');
  });

  it('and is sent once an operator’s next try succeeds, whichever is told again', async () => {
    const { link, mailId } = await mailed();
    await links.tell(links.failed(mailId), links.sent(mailId), links.failed(mailId));
    expect(await deliveryOf(link)).toBe('sent');
  });

  it('the present one alone, after an edit', async () => {
    const { link, mailId } = await mailed();
    await links.edit(owner, link, { maxUses: 1 });
    await links.tell(links.sent(mailId));
    expect(await deliveryOf(link)).toBe('queued');
    await links.tell(links.sent((await tokens.mails.of(link, 2)).mailId));
    expect(await deliveryOf(link)).toBe('sent');
  });

  it('of its own kind alone', async () => {
    const { link, mailId } = await mailed();
    await links.tell(links.sent(mailId, 'invitation'));
    expect(await deliveryOf(link)).toBe('queued');
  });
});
