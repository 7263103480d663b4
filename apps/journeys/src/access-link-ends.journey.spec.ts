import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessLink, Email, pageOf, type Role, Session, sessionEnded } from '@valetkey/contracts';
import { mailedLink, type MailedLink, recipientOf, redeemLink, sendLink } from './access-links.ts';
import { storedEvents } from './access-stream.ts';
import { expectOut } from './at-every-gateway.ts';
import { trailOf } from './audit-trail.ts';
import { type Client, mailedSecret, type Owner } from './client.ts';
import { eventually } from './eventually.ts';
import { membershipOf } from './membership-of.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { SupportDesk } from './support-desk.ts';

const MINUTE_MS = 60_000;
const Ended = sessionEnded.data;

let platform: Platform;
let desk: SupportDesk;
let owner: Owner;
let vera: Owner;
let name: string;
let link: MailedLink;
let session: Client;
let sessionId: string;

beforeAll(async () => {
  platform = await startPlatform({ gateways: [{}, {}] });
  desk = await SupportDesk.of(platform);
});
afterAll(async () => platform.stop());

/** Sam's link lets Vera in, who is another each time. */
beforeEach(async () => {
  ({ owner } = desk);
  name = `Vera-${crypto.randomUUID()}`;
  vera = await desk.join(name);
  await enter(await desk.linkFor(name));
});

async function enter(by: MailedLink): Promise<void> {
  link = by;
  session = await desk.enter(link);
  sessionId = Session.parse((await session.call('GET', '/v1/session')).body).id;
}

const redeemed = async ({ secret }: Pick<MailedLink, 'secret'>) => {
  const { code, status } = await redeemLink(desk.url, secret);
  return code ?? status;
};
const change = async (whose: string, role: Role) => {
  const { path } = await membershipOf(whose, owner);
  expect((await owner.call('PATCH', path, { body: { role } })).status).toBe(200);
};
const remove = async (whose: string) =>
  expect((await owner.call('DELETE', (await membershipOf(whose, owner)).path)).status).toBe(204);

/** The link is no more, nor is what it opened. */
async function expectGone(): Promise<void> {
  await expectOut(platform, session);
  expect(await redeemed(link)).toBe('invalid_link');
  await eventually('the link is gone', async () => (await owner.call('GET', link.path)).status === 404 || undefined);
  expect((await trailOf(owner, `access-link:${link.id}`, 3)).at(-1)?.action).toBe('access-link.deleted');
}

/** Why the session ended, as its last event says. */
function reason(): Promise<unknown> {
  return eventually('the end of the session is told', async () => {
    const events = await storedEvents(platform);
    const end = events.find(({ subject, event }) => event.subject === sessionId && subject.endsWith('session.ended'));
    return end && Ended.parse(end.event.data).reason;
  });
}

describe('Time ends', () => {
  it('a session with its link, whose expiry it never outlives', async () => {
    const expiresAt = new Date(platform.clock.now().getTime() + 10 * MINUTE_MS).toISOString();
    const edit = () => desk.sam.call('PATCH', link.path, { body: { expiresAt } });
    const { secret } = await mailedLink(platform, link.email, edit);
    await enter({ ...link, secret });
    expect((await session.call('GET', '/v1/session')).body).toMatchObject({ expiresAt });
    platform.clock.advance(10 * MINUTE_MS);
    for (const url of platform.gatewayUrls)
      expect((await session.at(url).call('GET', '/v1/session')).code).toBe('unauthenticated');
    expect(await redeemed(link)).toBe('invalid_link');
    expect(await desk.shown(link)).toMatchObject({ status: 'expired' });
    expect(['credential-expired', 'expired']).toContain(await reason());
    await eventually('its end is recorded', async () => {
      const trail = await trailOf(owner, `access-link:${link.id}`, 3);
      return trail.some(({ action }) => action === 'access-link.expired') || undefined;
    });
  });

  it('a link until somebody gives it another expiry', async () => {
    const inAnHour = () => new Date(platform.clock.now().getTime() + 60 * MINUTE_MS).toISOString();
    const soon = new Date(platform.clock.now().getTime() + MINUTE_MS).toISOString();
    const patch = (body: object) => desk.sam.call('PATCH', link.path, { body });
    await mailedLink(platform, link.email, () => patch({ expiresAt: soon }));
    platform.clock.advance(MINUTE_MS);
    expect((await patch({ maxUses: 3 })).code).toBe('expiry_not_future');
    const { answer, secret } = await mailedLink(platform, link.email, () => patch({ expiresAt: inAnHour() }));
    expect(answer).toMatchObject({ status: 200, body: { status: 'live' } });
    expect(await redeemed({ secret })).toBe(201);
  });

  it('a session half an hour after its last use, and not its link', async () => {
    platform.clock.advance(29 * MINUTE_MS);
    expect((await session.call('GET', '/v1/session')).status).toBe(200);
    const now = platform.clock.now().toISOString();
    await eventually('the use is written down', async () => (await lastSeenAt()) === now || undefined);
    platform.clock.advance(29 * MINUTE_MS);
    expect((await session.call('GET', '/v1/session')).status).toBe(200);
    platform.clock.advance(30 * MINUTE_MS);
    await desk.backAtWork();
    expect((await session.call('GET', '/v1/session')).code).toBe('unauthenticated');
    expect(await redeemed(link)).toBe(201);
  });
});

/** As the owner sees the session. */
async function lastSeenAt(): Promise<string | undefined> {
  const { body } = await owner.call('GET', `${owner.path}/sessions?kind=access_link&limit=100`);
  return pageOf(Session)
    .parse(body)
    .items.find(({ id }) => id === sessionId)?.lastSeenAt;
}

describe('Turning the module off', () => {
  it('suspends links and ends their sessions; turning it on again resumes the links', async () => {
    await desk.turn(false);
    await expectOut(platform, session);
    expect(await redeemed(link)).toBe('invalid_link');
    expect(await desk.shown(link)).toMatchObject({ status: 'suspended' });
    const listed = async (status: string) => {
      const { body } = await desk.sam.call('GET', `${desk.sam.path}/access-links?status=${status}&limit=100`);
      return pageOf(AccessLink)
        .parse(body)
        .items.map(({ id }) => id);
    };
    expect(await listed('suspended')).toContain(link.id);
    expect(await listed('live')).toEqual([]);
    expect((await desk.sam.call('PATCH', link.path, { body: { maxUses: 3 } })).code).toBe('module_disabled');
    expect(await reason()).toBe('module-disabled');
    await desk.turn(true);
    expect(await desk.shown(link)).toMatchObject({ status: 'live' });
    expect(await redeemed(link)).toBe(201);
    await expectOut(platform, session);
  });
});

describe('A link ends with what it stands on:', () => {
  it('the user’s membership', async () => {
    await remove(name);
    await expectGone();
    expect(await reason()).toBe('membership-lost');
  });

  it('the address that it was mailed to, though the user has another', async () => {
    const { password } = desk.whoIs(name);
    const email = `second-${desk.emailOf(name)}`;
    const me = '/v1/users/me/emails';
    const added = await vera.call('POST', me, { body: { email, currentPassword: password } });
    const { id } = Email.parse(added.body);
    const token = await mailedSecret(platform, email, 'vkv');
    expect((await vera.call('POST', '/v1/email-verifications', { body: { token } })).status).toBe(204);
    expect((await owner.call('DELETE', link.path)).status).toBe(204);
    const { userId } = await recipientOf(desk.sam, { email: desk.emailOf(name) });
    await enter(await sendLink(platform, desk.sam, { userId, emailId: id, email }));
    expect((await vera.call('DELETE', `${me}/${id}`)).status).toBe(204);
    await eventually('the session ends', async () =>
      (await session.call('GET', '/v1/session')).status === 401 ? true : undefined,
    );
    await expectGone();
  });

  it.each(['is made a viewer', 'is removed'])('its editor’s right to make it, who %s', async (how) => {
    const editor = `Sue who ${how}`.replaceAll(' ', '-');
    const sue = await desk.join(editor, 'supporter');
    const edit = () => sue.call('PATCH', link.path, { body: { maxUses: 5 } });
    const { secret } = await mailedLink(platform, link.email, edit);
    await enter({ ...link, secret });
    if (how === 'is removed') await remove(editor);
    else await change(editor, 'viewer');
    await expectGone();
  });

  it('that its user is no owner, where a supporter made it', async () => {
    await change(name, 'owner');
    await expectGone();
  });
});

describe('A link lives on when', () => {
  const expectLive = async (role: string) => {
    expect(await session.call('GET', '/v1/session')).toMatchObject({ status: 200, body: { role } });
    expect(await redeemed(link)).toBe(201);
  };

  it('its user has another role, which holds in its sessions at once', async () => {
    await change(name, 'manager');
    await expectLive('manager');
    expect((await session.call('GET', '/v1/forward-auth?permission=devices.manage')).status).toBe(200);
  });

  it('its user becomes an owner and an owner made it', async () => {
    const edit = () => owner.call('PATCH', link.path, { body: { maxUses: 5 } });
    const { secret } = await mailedLink(platform, link.email, edit);
    await enter({ ...link, secret });
    await change(name, 'owner');
    await expectLive('owner');
  });

  it('who made it first loses the right, and another edited it since', async () => {
    const first = `Sid-${crypto.randomUUID()}`;
    const sid = await desk.join(first, 'supporter');
    expect((await owner.call('DELETE', link.path)).status).toBe(204);
    const made = await desk.linkFor(name, {}, sid);
    const edit = () => desk.sam.call('PATCH', made.path, { body: { maxUses: 5 } });
    const { secret } = await mailedLink(platform, made.email, edit);
    await enter({ ...made, secret });
    await remove(first);
    await expectLive('viewer');
  });
});

describe('A user whom platform staff lock', () => {
  it('is out, and is let in by no link until they are unlocked', async () => {
    const { userId } = await desk.recipient(name);
    const turn = (how: string) => desk.operator.call('POST', `/v1/operator/users/${userId}/${how}`);
    expect((await turn('lock')).status).toBe(200);
    await expectOut(platform, session);
    expect(await reason()).toBe('user-locked');
    expect(await redeemed(link)).toBe('invalid_link');
    expect((await turn('unlock')).status).toBe(200);
    expect(await redeemed(link)).toBe(201);
  });
});

describe('An account that its owner deletes', () => {
  it('is entered by no link until it is restored', async () => {
    const deletion = { body: { confirmName: 'Harbour Cranes' } };
    expect((await owner.call('DELETE', owner.path, deletion)).status).toBe(204);
    await expectOut(platform, session);
    expect(await redeemed(link)).toBe('invalid_link');
    const restored = await desk.operator.call('POST', `/v1/operator/accounts/${owner.accountId}/restore`);
    expect(restored.status).toBe(200);
    expect(await redeemed(link)).toBe(201);
    await expectOut(platform, session);
  });
});
