import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type CredentialOpened,
  endAccountSession,
  endUserSessions,
  Failure,
  listAccountSessions,
  listOwnSessions,
  recordUses,
  revokeCredential,
  signOut,
  switchSession,
} from '@valetkey/contracts';
import { hashSecret } from '@valetkey/credentials';
import { v7 as uuidv7 } from 'uuid';
import { LinkHolders } from '../../test/link-holders.ts';
import { HOUR, MINUTE, type Owner, SECOND, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let holders: LinkHolders;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
  holders = new LinkHolders(tokens);
});
beforeEach(async () => {
  owner = await holders.links.owner();
});
afterAll(() => tokens.stop());

const lasting = (milliseconds: number) => ({ expiresAt: tokens.later(milliseconds).toISOString() });
const use = ({ session }: CredentialOpened, address = '203.0.113.7') =>
  tokens.ask(recordUses, { uses: [{ id: session.id, at: tokens.later(0).toISOString(), address }] });
const endOf = async ({ session }: CredentialOpened) => (await tokens.eventsOf(`session:${session.id}`)).at(-1);

describe('A session of an access link', () => {
  it('ends after 30 minutes without use', async () => {
    const opened = await holders.visit(owner, lasting(10 * HOUR));
    await tokens.pass(30 * MINUTE - SECOND);
    expect(await tokens.live(opened)).toEqual([true]);
    await tokens.pass(SECOND);
    expect(await tokens.live(opened)).toEqual([false]);
    expect(await endOf(opened)).toMatchObject({ actor: 'service:tokens', data: { reason: 'idle' } });
  });

  it('ends 8 hours after it was opened, however much it is used', async () => {
    const opened = await holders.visit(owner, lasting(10 * HOUR));
    for (let used = 0; used < 32; used += 1) {
      await use(opened);
      expect(await tokens.live(opened)).toEqual([true]);
      await tokens.pass(15 * MINUTE);
    }
    expect(await tokens.live(opened)).toEqual([false]);
    expect(await endOf(opened)).toMatchObject({ data: { reason: 'expired' } });
  });

  it('ends with its link, though all uses of that are spent', async () => {
    const opened = [
      await holders.visit(owner, { ...lasting(20 * MINUTE), maxUses: 1 }),
      await holders.visit(owner, lasting(20 * MINUTE)),
    ];
    for (const { session, link } of opened) expect(session.expiresAt).toBe(link.expiresAt);
    await tokens.pass(20 * MINUTE - SECOND);
    expect(await tokens.live(...opened)).toEqual([true, true]);
    tokens.service.clock.advance(SECOND);
    expect(await tokens.live(...opened)).toEqual([false, false]);

    await tokens.sweep();
    for (const one of opened)
      expect(await endOf(one)).toMatchObject({
        data: { reason: 'credential-expired', accessLinkId: one.link.id, actor: { type: 'access-link' } },
      });
  });

  it('notes on its link when and from where it was last used', async () => {
    const opened = await holders.visit(owner);
    tokens.service.clock.advance(MINUTE);
    await use(opened, '198.51.100.7');

    const used = { lastUsedAt: tokens.later(0).toISOString(), lastUsedFrom: '198.51.100.7' };
    expect(await holders.look(owner, opened)).toMatchObject(used);
    expect((await tokens.verify(opened.secret))?.lastSeenAt).toBe(used.lastUsedAt);
  });

  it('ends by sign-out, and uses up no more of its link', async () => {
    const opened = await holders.visit(owner, { maxUses: 2 });
    await tokens.ask(signOut, {}, tokens.callerOf(opened));

    expect(await tokens.live(opened)).toEqual([false]);
    expect(await endOf(opened)).toMatchObject({ data: { reason: 'signed-out', accessLinkId: opened.link.id } });
    expect(await holders.look(owner, opened)).toMatchObject({ status: 'live', uses: 1 });
  });

  it('ends when a resource server revokes it', async () => {
    const opened = await holders.visit(owner);
    const resourceServerId = uuidv7();
    await tokens.ask(revokeCredential, { hash: hashSecret(opened.secret), resourceServerId });

    expect(await tokens.live(opened)).toEqual([false]);
    const ended = { actor: `resource-server:${resourceServerId}`, data: { reason: 'signed-out' } };
    expect(await endOf(opened)).toMatchObject(ended);
  });

  it('is among the sessions of the account, with who acts in it, and an owner ends it', async () => {
    const opened = await holders.visit(owner);
    const { accountId } = owner;
    const { items } = await tokens.ask(listAccountSessions, { accountId, kind: 'access_link' }, owner);
    expect(items).toEqual([opened.session]);

    await tokens.ask(endAccountSession, { accountId, sessionId: opened.session.id }, owner);
    expect(await tokens.live(opened)).toEqual([false]);
  });

  it('is none of its user’s own', async () => {
    const { person } = await holders.visit(owner);
    const user = tokens.owner({ subject: { type: 'user', id: person.userId, name: person.name } });
    expect(await tokens.ask(listOwnSessions, {}, user)).toMatchObject({ items: [] });
  });

  it('ends with all others of its user when platform staff lock them', async () => {
    const opened = await holders.visit(owner);
    const identity = await tokens.service.as('identity');
    const order = { userId: opened.person.userId, reason: 'user-locked' as const };
    const answer = await identity.ask(endUserSessions, order, tokens.service.context());
    expect(answer).not.toBeInstanceOf(Failure);
    expect(await endOf(opened)).toMatchObject({ data: { reason: 'user-locked' } });
  });
});

describe('A session of an access link moves', () => {
  it('between the organizations of its account', async () => {
    const opened = await holders.visit(owner);
    const organizationId = tokens.newScope();
    const moved = await tokens.ask(switchSession, { organizationId }, tokens.callerOf(opened));

    expect(moved).toMatchObject({ accountId: owner.accountId, organizationId, actor: { id: opened.link.id } });
    expect((await tokens.verify(opened.secret))?.organizationId).toBe(organizationId);
    expect(await endOf(opened)).toMatchObject({
      type: 'dev.valetkey.session.organization-changed.v1',
      data: { to: organizationId, accessLinkId: opened.link.id },
    });
  });

  it('to no other account', async () => {
    const opened = await holders.visit(owner);
    const to = { accountId: uuidv7() };
    expect(await tokens.attempt(switchSession, to, tokens.callerOf(opened))).toBe('not_found');
    expect((await tokens.verify(opened.secret))?.accountId).toBe(owner.accountId);
  });

  it('out of an organization that its user reaches no more, and stays in the account', async () => {
    const opened = await holders.visit(owner);
    const { userId } = opened.person;
    const organizationId = tokens.newScope();
    await tokens.ask(switchSession, { organizationId }, tokens.callerOf(opened));
    tokens.lostPlaces.add(`${userId} ${organizationId}`);
    await holders.tell(holders.told('removed', userId, owner.accountId));

    const state = await tokens.verify(opened.secret);
    expect(state).toMatchObject({ accountId: owner.accountId });
    expect(state).not.toHaveProperty('organizationId');
  });
});
