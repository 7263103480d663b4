import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessLink, Membership, Organization, pageOf, Session } from '@valetkey/contracts';
import { z } from 'zod';
import { mailedLink, type MailedLink } from './access-links.ts';
import { storedEvents } from './access-stream.ts';
import { expectOut } from './at-every-gateway.ts';
import { inWords, trailOf } from './audit-trail.ts';
import { Client, type Owner } from './client.ts';
import { eventually } from './eventually.ts';
import { type Introspect, introspectorOf } from './introspector.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { SupportDesk } from './support-desk.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const Emails = z.array(z.object({ id: z.string(), email: z.string() }));

let platform: Platform;
let desk: SupportDesk;
let owner: Owner;
let sam: Owner;
let samId: string;
let introspect: Introspect;
let quays: Organization[];

beforeAll(async () => {
  platform = await startPlatform({ gateways: [{}, {}] });
  desk = await SupportDesk.of(platform);
  ({ owner, sam } = desk);
  samId = (await desk.recipient('Sam')).userId;
  introspect = await introspectorOf(desk.operator);
  const quay = async (name: string) =>
    Organization.parse((await owner.call('POST', `${owner.path}/organizations`, { body: { name } })).body);
  quays = [await quay('North quay'), await quay('South quay')];
});
afterAll(async () => platform.stop());

const later = (ms: number) => new Date(platform.clock.now().getTime() + ms).toISOString();
const preview = (token: string) => new Client(desk.url).call('POST', '/v1/access-links/preview', { body: { token } });

describe('A supporter lets a user in who cannot sign in', () => {
  let vera: { id: string; emailId: string; email: string };
  let link: MailedLink;
  let session: Client;

  it('finds them by a part of their name, with their verified addresses', async () => {
    await desk.join('Vera');
    const found = pageOf(Membership).parse((await sam.call('GET', `${sam.path}/members?query=ver`)).body).items;
    expect(found.map(({ user }) => user.name)).toEqual(['Vera']);
    const { id = '' } = found[0]?.user ?? {};
    const emails = Emails.parse((await sam.call('GET', `${sam.path}/members/${id}/emails`)).body);
    expect(emails.map(({ email }) => email)).toEqual([desk.emailOf('Vera')]);
    vera = { id, emailId: emails[0]?.id ?? '', email: desk.emailOf('Vera') };
  });

  it('and mails them a link, whose secret nobody else ever sees', async () => {
    const path = `${sam.path}/access-links`;
    const body = { userId: vera.id, emailId: vera.emailId, expiresAt: later(DAY_MS) };
    const { answer, secret } = await mailedLink(platform, vera.email, () => sam.call('POST', path, { body }));
    const { id } = AccessLink.parse(answer.body);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`${path}/${id}`);
    expect(answer.body).toEqual({
      id,
      user: { id: vera.id, name: 'Vera' },
      email: vera.email,
      status: 'live',
      expiresAt: body.expiresAt,
      hasPassword: false,
      uses: 0,
      waiveTwoFactor: false,
      delivery: 'queued',
      createdAt: platform.clock.now().toISOString(),
      createdBy: { id: samId, name: 'Sam' },
    });
    link = { ...AccessLink.parse(answer.body), path: `${path}/${id}`, secret };
    const mail = platform.mailbox.messages().find(({ text }) => text?.includes(secret));
    expect(mail?.subject).toBe('Sam sent you a link to Harbour Cranes');
    expect(mail?.text).toContain(`http://valetkey.example/open/access-link#${secret}`);
    await eventually('the mail is known to be sent', async () =>
      (await desk.shown(link)).delivery === 'sent' ? true : undefined,
    );
    for (const shown of [await sam.call('GET', link.path), await sam.call('GET', path), answer])
      expect(JSON.stringify(shown.body)).not.toMatch(/vka_|secret/i);
  });

  it('The recipient is told whose account it opens, by whom, and until when, which uses nothing up', async () => {
    for (let looks = 0; looks < 3; looks += 1) {
      expect(await preview(link.secret)).toMatchObject({
        status: 200,
        body: { account: { name: 'Harbour Cranes' }, by: { name: 'Sam' }, expiresAt: link.expiresAt, needs: [] },
      });
    }
    const untouched = await desk.shown(link);
    expect(untouched).toMatchObject({ status: 'live', uses: 0 });
    expect(untouched.lastUsedAt).toBeUndefined();
  });

  it('and enters as themselves, with the supporter behind it named', async () => {
    const now = platform.clock.now().toISOString();
    session = await desk.enter(link);
    const { body } = await session.call('GET', '/v1/session');
    expect(Session.parse(body)).toMatchObject({
      kind: 'access_link',
      subject: { type: 'user', id: vera.id, name: 'Vera' },
      actor: {
        type: 'access-link',
        id: link.id,
        name: 'Access link',
        actor: { type: 'user', id: samId, name: 'Sam' },
      },
      account: { id: owner.accountId, name: 'Harbour Cranes' },
      role: 'viewer',
      permissions: ['devices.view'],
      createdAt: now,
      idleExpiresAt: later(30 * MINUTE_MS),
      expiresAt: later(8 * HOUR_MS),
    });
    expect(await desk.shown(link)).toMatchObject({
      status: 'live',
      uses: 1,
      lastUsedAt: now,
      lastUsedFrom: '127.0.0.1',
    });
  });

  it('Other software is told the same by introspection and by forward-auth', async () => {
    const told = await introspect(session);
    expect(told).toMatchObject({
      active: true,
      token_type: 'session',
      kind: 'access_link',
      sub: `user:${vera.id}`,
      act: { sub: `access-link:${link.id}`, act: { sub: `user:${samId}` } },
      account_id: owner.accountId,
      role: 'viewer',
      scope: 'devices.view',
    });
    const { status, headers } = await session.call('GET', '/v1/forward-auth?permission=devices.view');
    const named = (name: string) => headers.get(`x-valetkey-${name}`);
    expect({ status, subject: named('subject'), actor: named('actor'), role: named('role') }).toEqual({
      status: 200,
      subject: `user:${vera.id}`,
      actor: `access-link:${link.id}`,
      role: 'viewer',
    });
    const manage = await session.call('GET', '/v1/forward-auth?permission=devices.manage');
    expect(manage.code).toBe('missing_permission');
  });

  it('What they do is told and recorded in both names', async () => {
    const { organization: here } = Session.parse((await session.call('GET', '/v1/session')).body);
    const there = quays.find(({ id }) => id !== here?.id);
    const moved = await session.call('PATCH', '/v1/session', { body: { organizationId: there?.id } });
    expect(moved).toMatchObject({ status: 200, body: { organization: { name: there?.name } } });
    const { id } = Session.parse(moved.body);
    expect((await session.call('DELETE', '/v1/session')).status).toBe(204);
    await expectOut(platform, session);

    const both = 'by access-link Access link for user Vera';
    const trail = await trailOf(owner, `session:${id}`, 3);
    expect(trail.map(inWords)).toEqual(
      ['session.opened', 'session.organization-changed', 'session.ended'].map((action) => `${action} ${both}`),
    );
    const ofLink = await trailOf(owner, `access-link:${link.id}`, 2);
    expect(ofLink.map(inWords)).toEqual(['access-link.created by user Sam', `access-link.redeemed ${both}`]);
    expect(ofLink.map(({ entity }) => entity.name)).toEqual(['Vera', 'Vera']);
    const events = (await storedEvents(platform)).filter(({ event }) => event.subject === id);
    expect(events).toHaveLength(3);
    for (const { subject, event } of events) {
      expect(subject).toContain(owner.accountId);
      expect(event).toMatchObject({ actor: `access-link:${link.id}`, onbehalfof: `user:${vera.id}` });
      expect(event.data).toMatchObject({
        kind: 'access_link',
        subject: { type: 'user', id: vera.id },
        actor: { type: 'access-link', id: link.id },
        accessLinkId: link.id,
      });
    }
  });
});
