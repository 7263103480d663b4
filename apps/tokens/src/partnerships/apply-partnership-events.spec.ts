import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AccessEvent } from '@valetkey/access-events';
import { makeAccessEvent } from '@valetkey/access-events/testing';
import {
  type CredentialOpened,
  Failure,
  partnershipDeleted,
  partnershipRevoked,
  type PartnershipSide,
  partnerUserRevoked,
  recheckStanders,
  subjectOf,
} from '@valetkey/contracts';
import { type Bus, EventStream } from '@valetkey/messaging';
import { waitUntil } from '@valetkey/testing/stack';
import { v7 as uuidv7 } from 'uuid';
import { PortalSessions } from '../../test/portal-sessions.ts';
import { Tokens } from '../../test/tokens.ts';
import { ApplyPartnershipEvents } from './apply-partnership-events.ts';

let tokens: Tokens;
let portal: PortalSessions;
let tenancy: Bus;
/** The client's account. */
let accountId = '';

beforeAll(async () => {
  tokens = await Tokens.start();
  portal = await PortalSessions.of(tokens);
  tenancy = await tokens.service.as('tenancy');
});
beforeEach(() => {
  accountId = uuidv7();
});
afterAll(() => tokens.stop());

const provider = { id: uuidv7(), name: 'Fixers' };
const ofSide = (side: PartnershipSide) => ({ side, accountName: 'Acme', counterpart: provider });
const revoked = (side: PartnershipSide = 'client', accountid = accountId) =>
  makeAccessEvent(partnershipRevoked, { accountid, data: ofSide(side) });
const deleted = () => ({
  ...makeAccessEvent(partnershipDeleted, { accountid: accountId, data: ofSide('client') }),
  actor: `account:${provider.id}`,
});
const lost = (userId: string, side: PartnershipSide = 'client') => {
  const facts = { partnershipId: uuidv7(), user: { id: userId, name: 'Pia Partner' }, permissions: [] };
  return makeAccessEvent(partnerUserRevoked, { accountid: accountId, data: { ...ofSide(side), ...facts } });
};

const tell = (...events: AccessEvent[]) => tokens.service.app.get(ApplyPartnershipEvents).apply(events);
const placeOf = async ({ secret }: { secret: string }) => (await tokens.verify(secret))?.accountId;
const someoneWaits = async () => (await tokens.sql('SELECT 1 FROM pg_locks WHERE NOT granted')).length > 0 || undefined;
const enter = () => portal.open({ accountId });

describe.each([
  ['revoked', revoked],
  ['deleted', deleted],
])('When a partnership is %s', (_how, tellOf) => {
  it('the partner’s users leave the client’s account at once, and its own members stay', async () => {
    const [partner, another, member] = [await enter(), await enter(), await enter()];
    for (const { session } of [partner, another]) portal.lose(session.subject.id, accountId);
    const event = tellOf();

    await tell(event);

    expect(await placeOf(partner)).toBeUndefined();
    expect(await placeOf(another)).toBeUndefined();
    expect(await placeOf(member)).toBe(accountId);
    expect(await tokens.told(`session:${partner.session.id}`)).toEqual(['opened', 'left']);
    const [, left] = await tokens.eventsOf(`session:${partner.session.id}`);
    expect(left).toMatchObject({ accountid: accountId, actor: event.actor, correlationid: event.correlationid });
  });
});

describe('The end of a partnership', () => {
  it('moves nobody when it is told the provider', async () => {
    const member = await enter();
    portal.lose(member.session.subject.id, accountId);
    await tell(revoked('provider'));
    expect(await placeOf(member)).toBe(accountId);
  });

  it('throws nobody out who may stand there for another reason', async () => {
    const partner = await enter();
    await tell(revoked());
    expect(await placeOf(partner)).toBe(accountId);
  });

  it('is tried again while tenancy cannot say who stays', async () => {
    const partner = await enter();
    portal.silence(partner.session.subject.id);
    await expect(tell(revoked())).rejects.toThrow('answered early');
    expect(await placeOf(partner)).toBe(accountId);
  });

  it('is heard from the bus', async () => {
    const partner = await enter();
    portal.lose(partner.session.subject.id, accountId);
    const event = revoked();
    const subject = subjectOf(partnershipRevoked, accountId);
    await new EventStream(await tokens.service.bus.connect('tenancy')).publish(
      subject,
      event.id,
      JSON.stringify(event),
    );
    const left = async () => (await placeOf(partner)) === undefined || undefined;
    expect(await waitUntil(left, { timeoutMs: 10_000 })).toBe(true);
  });

  it('holds nobody up while tenancy is asked about those who stay, and asks about each of them once', async () => {
    const stayers = [await enter(), await enter()].map(({ session }) => session.subject.id);
    const asked: string[] = [];
    let entered: Promise<CredentialOpened> | undefined;
    tokens.beforeStayers.happens = async (userIds) => {
      asked.push(...userIds);
      await (entered ??= enter());
    };
    await tell(revoked());
    delete tokens.beforeStayers.happens;
    const { session } = (await entered) ?? (await enter());
    expect(asked.sort()).toEqual([...stayers, session.subject.id].sort());
  });

  it('leaves who may stand there again by the time that nobody enters', async () => {
    const partner = await enter();
    portal.lose(partner.session.subject.id, accountId);
    let questions = 0;
    tokens.beforeStayers.happens = async () => {
      questions += 1;
      if (questions === 2) tokens.lostPlaces.delete(`${partner.session.subject.id} ${accountId}`);
    };
    await tell(revoked());
    delete tokens.beforeStayers.happens;
    expect(await placeOf(partner)).toBe(accountId);
  });

  it('lets no session enter that tenancy let go there a moment before', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const [user, target] = [uuidv7(), uuidv7()];
      const opened = await portal.openOf(user, 3);
      let telling: Promise<unknown> | undefined;
      tokens.afterChoice.happens = () => {
        portal.lose(user, target);
        telling ??= tell(revoked('client', target));
      };
      const answers = await Promise.all(opened.map((one) => portal.switch(one, { accountId: target })));
      delete tokens.afterChoice.happens;
      await telling;

      expect(answers).toContainEqual(expect.objectContaining({ accountId: target }));
      for (const one of opened) expect(await placeOf(one)).not.toBe(target);
    }
  });
});

describe('A sign-in', () => {
  it('opens a session in no account when tenancy lets the user stand there no more', async () => {
    const [userId, organizationId] = [uuidv7(), tokens.newScope()];
    portal.lose(userId, accountId);
    const { session } = await portal.open({ userId, accountId, organizationId });
    expect(session).not.toHaveProperty('accountId');
    expect(session).not.toHaveProperty('organizationId');
  });

  it.each([
    ['all of the partnership', () => revoked()],
    ['the user', (userId: string) => lost(userId)],
  ])('that tenancy let go there a moment before the end for %s does not stay there', async (_whom, endOf) => {
    const userId = uuidv7();
    let telling: Promise<unknown> | undefined;
    tokens.afterChoice.happens = async () => {
      if (telling) return;
      portal.lose(userId, accountId);
      telling = tell(endOf(userId));
      await Promise.race([telling, waitUntil(someoneWaits, { timeoutMs: 10_000 })]);
    };
    const opened = await portal.open({ userId, accountId });
    delete tokens.afterChoice.happens;
    await telling;

    expect(opened.session).toMatchObject({ accountId });
    expect(await placeOf(opened)).toBeUndefined();
  });

  it('is refused while tenancy cannot say where the user may stand', async () => {
    const userId = uuidv7();
    portal.silence(userId);
    await expect(portal.open({ userId, accountId })).rejects.toThrow('unavailable');
  });
});

describe('A partner’s user who loses the grant', () => {
  it('leaves the client’s account, alone of the partner’s users', async () => {
    const [partner, another] = [await enter(), await enter()];
    portal.lose(partner.session.subject.id, accountId);
    await tell(lost(partner.session.subject.id), lost(partner.session.subject.id, 'provider'));
    expect(await placeOf(partner)).toBeUndefined();
    expect(await placeOf(another)).toBe(accountId);
    expect(await tokens.told(`session:${partner.session.id}`)).toEqual(['opened', 'left']);
  });

  it('stays who is a member there as well', async () => {
    const partner = await enter();
    await tell(lost(partner.session.subject.id));
    expect(await placeOf(partner)).toBe(accountId);
  });

  it('is heard of from the bus', async () => {
    const partner = await enter();
    portal.lose(partner.session.subject.id, accountId);
    const event = lost(partner.session.subject.id);
    const subject = subjectOf(partnerUserRevoked, accountId);
    await new EventStream(await tokens.service.bus.connect('tenancy')).publish(
      subject,
      event.id,
      JSON.stringify(event),
    );
    const left = async () => (await placeOf(partner)) === undefined || undefined;
    expect(await waitUntil(left, { timeoutMs: 10_000 })).toBe(true);
  });
});

describe('When tenancy has who stands in an account rechecked', () => {
  it('whoever may stand there no more leaves it, however often it asks', async () => {
    const [partner, member] = [await enter(), await enter()];
    portal.lose(partner.session.subject.id, accountId);
    for (let turn = 0; turn < 2; turn += 1)
      expect(await tenancy.ask(recheckStanders, { accountId }, tokens.service.context())).not.toBeInstanceOf(Failure);
    expect(await placeOf(partner)).toBeUndefined();
    expect(await placeOf(member)).toBe(accountId);
    expect(await tokens.told(`session:${partner.session.id}`)).toEqual(['opened', 'left']);
  });

  it('more users than one question may name are asked about all the same', async () => {
    const first = await enter();
    await tokens.sql(
      `INSERT INTO sessions (id, kind, secret_hash, account_id, subject_type, subject_id, subject_name, operator,
         idle_seconds, created_at, last_seen_at, expires_at, check_at, address, user_agent, version)
       SELECT uuidv7(), kind, 'hash' || n, account_id, subject_type, uuidv7(), subject_name, operator,
         idle_seconds, created_at, last_seen_at, expires_at, check_at, address, user_agent, version
         FROM sessions, generate_series(1, 1500) n WHERE id = $1`,
      [first.session.id],
    );
    const users = await tokens.sql('SELECT subject_id AS id FROM sessions WHERE account_id = $1', [accountId]);
    for (const { id } of users.slice(1)) portal.lose(String(id), accountId);
    await tell(revoked());
    const standing = await tokens.sql('SELECT id FROM sessions WHERE account_id = $1', [accountId]);
    expect(standing).toEqual([{ id: first.session.id }]);
  });
});
