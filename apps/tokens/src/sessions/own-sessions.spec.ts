import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type AskOf, endOwnSession, endOwnSessions, listOwnSessions, switchSession } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { PortalSessions } from '../../test/portal-sessions.ts';
import { HOUR, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let portal: PortalSessions;
let userId: string;

beforeAll(async () => {
  tokens = await Tokens.start();
  portal = await PortalSessions.of(tokens);
});
beforeEach(() => {
  userId = uuidv7();
});
afterAll(() => tokens.stop());

type Opened = Awaited<ReturnType<PortalSessions['open']>>;
const list = (by: Opened, asked: AskOf<typeof listOwnSessions> = {}) =>
  tokens.ask(listOwnSessions, asked, tokens.callerOf(by));
const idsOf = (all: readonly { session: { id: string } }[]) => all.map(({ session }) => session.id);

/** A session that an access link opened in a user's name. */
async function openLinkSession(): Promise<Opened> {
  const opened = await portal.open({ userId });
  await tokens.sql(`UPDATE sessions SET kind = 'access_link' WHERE id = $1`, [opened.session.id]);
  return { ...opened, session: { ...opened.session, kind: 'access_link' } };
}

describe('One’s own sessions', () => {
  it('are those of the portal in every account, with place and device, newest first, page by page', async () => {
    const [phone, office] = [
      ...(await portal.openOf(userId, 1, { address: '198.51.100.7', userAgent: 'Phone' })),
      ...(await portal.openOf(userId, 1, { accountId: undefined })),
    ];
    const [latest] = await portal.openOf(userId, 1);
    await portal.open();
    if (!phone || !office || !latest) throw new Error('too few');

    const first = await list(latest, { limit: 2 });
    expect(first.items).toEqual([latest.session, office.session]);
    const { items, nextCursor } = await list(latest, { limit: 2, cursor: first.nextCursor ?? undefined });
    expect(items).toEqual([phone.session]);
    expect(items).toMatchObject([{ address: '198.51.100.7', userAgent: 'Phone' }]);
    expect(nextCursor).toBeNull();
  });

  it('are live ones: none that was signed out of, timed out, or was opened by a link', async () => {
    const [idle, ended, own] = await portal.openOf(userId, 3);
    if (!idle || !ended || !own) throw new Error('too few');
    await openLinkSession();
    await tokens.ask(endOwnSession, { sessionId: ended.session.id }, tokens.callerOf(own));
    await tokens.sql('UPDATE sessions SET last_seen_at = $1 WHERE id = $2', [tokens.later(-HOUR), idle.session.id]);

    expect((await list(own)).items.map(({ id }) => id)).toEqual(idsOf([own]));
  });

  it('are ended one by one, the asking one too, and told so', async () => {
    const [one, own] = await portal.openOf(userId, 2);
    if (!one || !own) throw new Error('too few');

    for (const { session } of [one, own])
      await tokens.ask(endOwnSession, { sessionId: session.id }, tokens.callerOf(own));

    expect(await tokens.live(one, own)).toEqual([false, false]);
    const [, ended] = await tokens.eventsOf(`session:${one.session.id}`);
    expect(ended).toMatchObject({ actor: `user:${userId}`, data: { reason: 'ended-by-user' } });
  });

  it('are ended all but the asking one, and nobody else’s; sessions of links go on', async () => {
    const [one, two, own] = await portal.openOf(userId, 3);
    if (!one || !two || !own) throw new Error('too few');
    const [stranger, link] = [await portal.open(), await openLinkSession()];

    const { touched } = await tokens.service.gateway.request(
      endOwnSessions,
      {},
      tokens.service.context(tokens.callerOf(own)),
    );

    expect(touched.toSorted()).toEqual([one, two].map(({ session }) => `session:${session.id}`).toSorted());
    expect(await tokens.live(one, two, own, stranger, link)).toEqual([false, false, true, true, true]);
  });

  it('of others are not found, nor what has ended, nor what never was', async () => {
    const [gone, own] = await portal.openOf(userId, 2);
    if (!gone || !own) throw new Error('too few');
    await tokens.ask(endOwnSession, { sessionId: gone.session.id }, tokens.callerOf(own));
    const [stranger, link] = [await portal.open(), await openLinkSession()];
    const lent = await tokens.redeem((await tokens.create(tokens.owner())).secret);

    for (const sessionId of [...idsOf([gone, stranger, link, lent]), uuidv7()])
      expect(await tokens.attempt(endOwnSession, { sessionId }, tokens.callerOf(own))).toBe('not_found');
    expect(await tokens.live(stranger, link, lent)).toEqual([true, true, true]);
  });

  it('are for nobody but the user at the portal', async () => {
    const [own, owner] = [await portal.open({ userId }), tokens.owner()];
    const lent = tokens.callerOf(await tokens.redeem((await tokens.create(owner)).secret));
    const link = tokens.callerOf(await openLinkSession());
    const key = { ...owner, kind: 'access_key' as const, sessionId: undefined };
    const input = { sessionId: own.session.id };
    for (const [caller, code] of [
      [lent, 'portal_only'],
      [link, 'link_session'],
      [key, 'key_not_allowed'],
    ] as const) {
      expect(await tokens.attempt(listOwnSessions, {}, caller)).toBe(code);
      expect(await tokens.attempt(endOwnSession, input, caller)).toBe(code);
      expect(await tokens.attempt(endOwnSessions, {}, caller)).toBe(code);
    }
    expect(await tokens.attempt(listOwnSessions, {})).toBe('unauthenticated');
  });

  it('ended at once by two of them with the same request leave one at most, and tell each end once', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const opened = await portal.openOf(uuidv7(), 6);
      await Promise.all([
        ...opened.map((one) => tokens.ask(endOwnSessions, {}, tokens.callerOf(one))),
        ...opened.map((one) => tokens.attempt(switchSession, { accountId: uuidv7() }, tokens.callerOf(one))),
      ]);
      expect((await tokens.live(...opened)).filter(Boolean).length).toBeLessThanOrEqual(1);
      for (const { session } of opened) {
        const told = await tokens.told(`session:${session.id}`);
        expect(told.filter((action) => action === 'ended').length).toBeLessThanOrEqual(1);
      }
    }
  });
});
