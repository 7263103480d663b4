import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessLink, type AccessLinkDelivery, mailFailed } from '@valetkey/contracts';
import { mailedLink } from './access-links.ts';
import { storedEvents } from './access-stream.ts';
import { eventually } from './eventually.ts';
import { mailed, subjectsTo } from './mails.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { SupportDesk } from './support-desk.ts';

const HOUR_MS = 3600 * 1000;

let platform: Platform;
let desk: SupportDesk;

beforeAll(async () => {
  platform = await startPlatform();
  desk = await SupportDesk.of(platform);
});
afterAll(async () => platform.stop());

/** Sam asks for a link for a member, whose mail may come or not. */
async function order(name: string): Promise<AccessLink & { path: string }> {
  const { userId, emailId } = await desk.recipient(name);
  const expiresAt = new Date(platform.clock.now().getTime() + HOUR_MS).toISOString();
  const links = `${desk.sam.path}/access-links`;
  const { status, body } = await desk.sam.call('POST', links, { body: { userId, emailId, expiresAt } });
  expect(status).toBe(201);
  const link = AccessLink.parse(body);
  return { ...link, path: `${links}/${link.id}` };
}

async function delivered(link: { path: string }, as: AccessLinkDelivery): Promise<void> {
  await eventually(`its delivery is ${as}`, async () => (await desk.shown(link)).delivery === as || undefined);
}

describe('A link whose mail the server refuses', () => {
  it('says so, its maker is told, and an edit sends it again', async () => {
    await desk.join('Vera');
    platform.mailbox.rejectWith(550, desk.emailOf('Vera'));
    const link = await order('Vera');
    expect(link.delivery).toBe('queued');
    await delivered(link, 'failed');
    await mailed(platform, desk.emailOf('Sam'), 'The access link for Vera was not delivered');
    expect(await desk.shown(link)).toMatchObject({ status: 'live', uses: 0 });

    platform.mailbox.rejectWith(null);
    const again = () => desk.owner.call('PATCH', link.path, { body: { expiresAt: link.expiresAt } });
    const { answer, secret } = await mailedLink(platform, link.email, again);
    expect(answer.body).toMatchObject({ delivery: 'queued' });
    await delivered(link, 'sent');
    expect((await (await desk.enter({ secret })).call('GET', '/v1/session')).status).toBe(200);
  });
});

describe('A link whose mail is still on its way', () => {
  it('is never mailed once it is deleted, nor what an edit has replaced', async () => {
    await desk.join('Nora');
    await desk.join('Otto');
    platform.mailbox.rejectWith(451);
    const [deleted, edited] = [await order('Nora'), await order('Otto')];
    expect((await desk.sam.call('DELETE', deleted.path)).status).toBe(204);
    expect((await desk.sam.call('PATCH', edited.path, { body: { maxUses: 3 } })).status).toBe(200);
    expect((await desk.shown(edited)).delivery).toBe('queued');

    platform.mailbox.rejectWith(null);
    platform.clock.advance(10 * 60_000);
    await delivered(edited, 'sent');
    await eventually('two mails are known to be wanted no more', async () => {
      const failed = (await storedEvents(platform)).filter(({ subject }) => subject.endsWith('.mail.failed'));
      const reasons = failed.map(({ event }) => mailFailed.data.parse(event.data).reason);
      return reasons.filter((reason) => reason === 'not-wanted').length === 2 || undefined;
    });
    expect(subjectsTo(platform, desk.emailOf('Nora'))).toEqual([]);
    expect(subjectsTo(platform, desk.emailOf('Otto'))).toEqual(['Sam sent you a link to Harbour Cranes']);
    expect(await desk.shown(edited)).toMatchObject({ delivery: 'sent' });
    expect(subjectsTo(platform, desk.emailOf('Sam'))).not.toContain('The access link for Otto was not delivered');
  });
});
