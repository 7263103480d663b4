import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type CredentialState, membershipRemoved, subjectOf } from '@valetkey/contracts';
import { EventStream } from '@valetkey/messaging';
import { waitUntil } from '@valetkey/testing/stack';
import { v7 as uuidv7 } from 'uuid';
import { PortalSessions } from '../../test/portal-sessions.ts';
import { Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let portal: PortalSessions;
let [userId, accountId] = ['', ''];

beforeAll(async () => {
  tokens = await Tokens.start();
  portal = await PortalSessions.of(tokens);
});
beforeEach(() => {
  [userId, accountId] = [uuidv7(), uuidv7()];
});
afterAll(() => tokens.stop());

type Opened = Awaited<ReturnType<PortalSessions['open']>>;
const placeOf = async ({ secret }: Opened): Promise<Pick<CredentialState, 'accountId' | 'organizationId'>> => {
  const state = await tokens.verify(secret);
  if (!state) throw new Error('it has ended');
  return { accountId: state.accountId, organizationId: state.organizationId };
};
const nowhere = { accountId: undefined, organizationId: undefined };

describe('Losing the last membership in an account', () => {
  it('takes the user’s portal sessions out of it, as the act of whoever took it away', async () => {
    const organizationId = tokens.newScope();
    const [one, two] = await portal.openOf(userId, 2, { accountId, organizationId });
    if (!one || !two) throw new Error('too few');
    portal.lose(userId, accountId);

    const removed = portal.removed(userId, accountId);
    await portal.tell(removed);

    for (const opened of [one, two]) {
      expect(await placeOf(opened)).toEqual(nowhere);
      expect(await tokens.told(`session:${opened.session.id}`)).toEqual(['opened', 'left']);
    }
    const [, left] = await tokens.eventsOf(`session:${one.session.id}`);
    expect(left).toMatchObject({ accountid: accountId, actor: removed.actor, correlationid: removed.correlationid });
  });

  it('leaves their sessions in other accounts, other users’ there, and what tokens opened', async () => {
    const owner = { ...tokens.owner(), accountId };
    const [elsewhere] = await portal.openOf(userId, 1);
    const other = await portal.open({ accountId });
    const lent = await tokens.redeem((await tokens.create(owner)).secret);
    portal.lose(userId, accountId);

    await portal.tell(portal.removed(userId, accountId));

    for (const opened of [elsewhere, other, lent])
      if (opened) expect((await tokens.verify(opened.secret))?.accountId).toBe(opened.session.accountId);
  });

  it('lets them go on to an account that they have; then nothing of the old one is told', async () => {
    const [opened] = await portal.openOf(userId, 1, { accountId });
    if (!opened) throw new Error('too few');
    portal.lose(userId, accountId);
    expect(await portal.switch(opened, { organizationId: null })).toBe('not_found');

    await portal.tell(portal.removed(userId, accountId));
    const next = uuidv7();
    expect(await portal.switch(opened, { accountId })).toBe('not_found');
    expect(await portal.switch(opened, { accountId: next })).toMatchObject({ accountId: next });

    expect(await tokens.told(`session:${opened.session.id}`)).toEqual(['opened', 'left', 'entered']);
  });

  it('is heard from the bus, once however often it comes', async () => {
    const [opened] = await portal.openOf(userId, 1, { accountId });
    if (!opened) throw new Error('too few');
    portal.lose(userId, accountId);
    const removed = portal.removed(userId, accountId);
    const stream = new EventStream(await tokens.service.bus.connect('tenancy'));
    const publish = (messageId: string) =>
      stream.publish(subjectOf(membershipRemoved, accountId), messageId, JSON.stringify(removed));

    await publish(removed.id);
    const left = async () => (await tokens.told(`session:${opened.session.id}`)).length === 2 || undefined;
    expect(await waitUntil(left, { timeoutMs: 10_000 })).toBe(true);
    expect(await portal.tell(removed)).toEqual({ duplicates: 1 });
  });
});

describe('An event that comes late', () => {
  it('throws nobody out who has become a member again', async () => {
    const removed = portal.removed(userId, accountId);
    const [opened] = await portal.openOf(userId, 1, { accountId });
    if (!opened) throw new Error('too few');
    await portal.tell(removed);
    expect((await placeOf(opened)).accountId).toBe(accountId);
    expect(await tokens.told(`session:${opened.session.id}`)).toEqual(['opened']);
  });

  it('is tried again while nobody can say', async () => {
    const [opened] = await portal.openOf(userId, 1, { accountId });
    if (!opened) throw new Error('too few');
    portal.silence(userId);
    await expect(portal.tell(portal.removed(userId, accountId))).rejects.toThrow('unavailable');
    expect((await placeOf(opened)).accountId).toBe(accountId);
  });
});

describe('Losing one membership of several', () => {
  it('takes the sessions out of an organization that it alone reached, and leaves those of others', async () => {
    const [lost, kept] = [tokens.newScope(), tokens.newScope()];
    const [one] = await portal.openOf(userId, 1, { accountId, organizationId: lost });
    const [two] = await portal.openOf(userId, 1, { accountId, organizationId: kept });
    if (!one || !two) throw new Error('too few');
    portal.lose(userId, lost);

    await portal.tell(portal.removed(userId, accountId, { lastInAccount: false }));

    expect(await placeOf(one)).toEqual({ accountId, organizationId: undefined });
    expect(await placeOf(two)).toEqual({ accountId, organizationId: kept });
    const [, changed] = await tokens.eventsOf(`session:${one.session.id}`);
    expect(changed).toMatchObject({ accountid: accountId, data: { from: lost } });
    expect(changed?.data).not.toHaveProperty('to');
    expect(await tokens.told(`session:${two.session.id}`)).toEqual(['opened']);
  });

  it('lets the session choose another organization at once, the event handled or not', async () => {
    const [lost, kept] = [tokens.newScope(), tokens.newScope()];
    const [opened] = await portal.openOf(userId, 1, { accountId, organizationId: lost });
    if (!opened) throw new Error('too few');
    portal.lose(userId, lost);

    expect(await portal.switch(opened, { organizationId: kept })).toMatchObject({ organizationId: kept });
    await portal.tell(portal.removed(userId, accountId, { lastInAccount: false }));

    expect(await placeOf(opened)).toEqual({ accountId, organizationId: kept });
    expect(await tokens.told(`session:${opened.session.id}`)).toEqual(['opened', 'organization-changed']);
  });
});

describe('A switch that races with the loss of where it leads', () => {
  it('never leaves the session there, though tenancy let it go there a moment before', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const [user, target] = [uuidv7(), uuidv7()];
      const opened = await portal.openOf(user, 3);
      let told: Promise<unknown> | undefined;
      tokens.afterChoice.happens = () => {
        portal.lose(user, target);
        told ??= portal.tell(portal.removed(user, target));
      };
      const answers = await Promise.all(opened.map((one) => portal.switch(one, { accountId: target })));
      delete tokens.afterChoice.happens;
      await told;

      expect(answers).toContainEqual(expect.objectContaining({ accountId: target }));
      for (const one of opened) expect((await placeOf(one)).accountId).not.toBe(target);
    }
  });
});
