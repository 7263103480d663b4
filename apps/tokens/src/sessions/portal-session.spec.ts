import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type AskOf,
  endAccountSession,
  endAccountSessions,
  Failure,
  listAccountSessions,
  openPortalSession,
  revokeCredential,
  signOut,
  switchSession,
  verifyCredentials,
} from '@valetkey/contracts';
import { hashSecret, makeSecret } from '@valetkey/credentials';
import type { Bus } from '@valetkey/messaging';
import { v7 as uuidv7 } from 'uuid';
import { HOUR, type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let identity: Bus;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
  identity = await tokens.service.as('identity');
});
beforeEach(() => {
  owner = tokens.owner();
});
afterAll(() => tokens.stop());

async function open(more: Partial<AskOf<typeof openPortalSession>> = {}) {
  const input = {
    userId: uuidv7(),
    userName: 'Ada Owner',
    operator: false,
    accountId: owner.accountId,
    address: '203.0.113.7',
    userAgent: 'Firefox',
    ...more,
  };
  const answer = await identity.ask(openPortalSession, input, tokens.service.context());
  if (answer instanceof Failure) throw new Error(answer.code);
  return answer;
}

const callerOf = (opened: Awaited<ReturnType<typeof open>>): Owner => ({
  ...tokens.callerOf(opened),
  grants: [{ scope: { type: 'account', id: opened.session.accountId ?? uuidv7() }, role: 'owner' }],
});
const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);

describe('A portal session', () => {
  it('is opened by identity for a user, and known by its secret', async () => {
    const { session, secret } = await open({ operator: true });

    expect(session).toMatchObject({ kind: 'portal', subject: { type: 'user', name: 'Ada Owner' }, operator: true });
    expect(session.expiresAt).toBe(tokens.later(24 * HOUR).toISOString());
    expect(session.idleExpiresAt).toBe(tokens.later(HOUR).toISOString());
    expect(await tokens.verify(secret)).toEqual(session);
    expect(await tokens.eventsOf(`session:${session.id}`)).toMatchObject([
      { actor: `user:${session.subject.id}`, accountid: owner.accountId, data: { kind: 'portal' } },
    ]);
  });

  it('may stand in no account: then its events are the platform’s', async () => {
    const { session, secret } = await open({ accountId: undefined });

    expect(session).not.toHaveProperty('accountId');
    expect(await tokens.verify(secret)).toEqual(session);
    const [opened] = await tokens.eventsOf(`session:${session.id}`);
    expect(opened).not.toHaveProperty('accountid');
  });

  it('is opened by nobody else', async () => {
    const input = { userId: uuidv7(), userName: 'Eve', operator: true, address: '::1', userAgent: '' };
    expect(await tokens.attempt(openPortalSession, input)).toBe('forbidden');
    const tenancy = await tokens.service.as('tenancy');
    const answer = await tenancy.ask(openPortalSession, input, tokens.service.context());
    expect(answer).toMatchObject({ code: 'forbidden' });
  });

  it('ends by sign-out, at once, and only once', async () => {
    const [opened, other] = [await open(), await open()];

    const { touched } = await tokens.service.gateway.request(signOut, {}, tokens.service.context(callerOf(opened)));
    await tokens.ask(signOut, {}, callerOf(opened));

    expect(touched).toEqual([`session:${opened.session.id}`]);
    expect(await tokens.live(opened, other)).toEqual([false, true]);
    expect(await tokens.told(`session:${opened.session.id}`)).toEqual(['opened', 'ended']);
  });
});

describe('Secrets asked for together', () => {
  it('are answered in their order, null for whatever is not live', async () => {
    const [one, ended, two] = [await open(), await open(), await open()];
    await tokens.ask(signOut, {}, callerOf(ended));
    const secrets = [two.secret, makeSecret('vks'), one.secret, ended.secret, two.secret];

    const { credentials } = await tokens.ask(verifyCredentials, { hashes: secrets.map(hashSecret) });

    expect(credentials).toEqual([two.session, null, one.session, null, two.session]);
  });

  it('are answered to the gateway only', async () => {
    const answer = await identity.ask(verifyCredentials, { hashes: [hashSecret('x')] }, tokens.service.context());
    expect(answer).toMatchObject({ code: 'forbidden' });
  });
});

describe('Switching', () => {
  it('to another account leaves one and enters the other, neither naming the other', async () => {
    const opened = await open();
    const [accountId, organizationId] = [uuidv7(), tokens.newScope()];

    const session = await tokens.ask(switchSession, { accountId, organizationId }, callerOf(opened));

    expect(session).toMatchObject({ id: opened.session.id, accountId, organizationId });
    expect(await tokens.verify(opened.secret)).toEqual(session);
    expect(await tokens.told(`session:${session.id}`)).toEqual(['opened', 'left', 'entered']);
    const [, left, entered] = await tokens.eventsOf(`session:${session.id}`);
    expect(left).toMatchObject({ accountid: owner.accountId });
    expect(JSON.stringify(left)).not.toContain(accountId);
    expect(entered).toMatchObject({ accountid: accountId, data: { organizationId } });
    expect(JSON.stringify(entered)).not.toContain(owner.accountId);
  });

  it('to an organization, and to none, tells from where to where', async () => {
    const opened = await open();
    const organizationId = tokens.newScope();

    await tokens.ask(switchSession, { organizationId }, callerOf(opened));
    const session = await tokens.ask(switchSession, { organizationId: null }, callerOf(opened));

    expect(session).not.toHaveProperty('organizationId');
    const [, there, back] = await tokens.eventsOf(`session:${session.id}`);
    expect(there).toMatchObject({ data: { to: organizationId } });
    expect(back).toMatchObject({ data: { from: organizationId } });
  });

  it('to where it stands is told to nobody', async () => {
    const opened = await open();
    await tokens.ask(switchSession, { accountId: owner.accountId }, callerOf(opened));
    expect(await tokens.told(`session:${opened.session.id}`)).toEqual(['opened']);
  });

  it('to what is out of reach is not found', async () => {
    const opened = await open();
    expect(await tokens.attempt(switchSession, { organizationId: uuidv7() }, callerOf(opened))).toBe('not_found');
    expect(await tokens.attempt(switchSession, {}, callerOf(opened))).toBe('malformed');
  });

  it('of a session that has ended, noted or not, is not found', async () => {
    const [idle, ended] = [await open(), await open()];
    await tokens.ask(signOut, {}, callerOf(ended));
    tokens.service.clock.advance(HOUR);
    for (const opened of [idle, ended]) {
      const to = { organizationId: tokens.newScope() };
      expect(await tokens.attempt(switchSession, to, callerOf(opened))).toBe('not_found');
    }
    expect(await tokens.told(`session:${idle.session.id}`)).toEqual(['opened']);
  });

  it('takes a login_token session to an organization in its scope, never to another account', async () => {
    const opened = await tokens.redeem((await tokens.create(owner)).secret);
    const holder = tokens.callerOf(opened);
    const organizationId = tokens.newScope();

    expect(await tokens.ask(switchSession, { organizationId }, holder)).toMatchObject({ organizationId });
    expect(await tokens.attempt(switchSession, { accountId: uuidv7() }, holder)).toBe('not_found');
    expect(await tokens.told(`session:${opened.session.id}`)).toEqual(['opened', 'organization-changed']);
  });
});

describe('The live sessions of an account', () => {
  it('are listed with those of its login tokens, by kind, newest first, and no other account’s', async () => {
    const portal = await open();
    tokens.service.clock.advance(1);
    const lent = await tokens.redeem((await tokens.create(owner)).secret);
    await open({ accountId: uuidv7() });
    const list = (kind?: 'portal' | 'login_token') =>
      tokens.ask(listAccountSessions, { accountId: owner.accountId, kind }, owner);

    expect(idsOf(await list())).toEqual([lent.session.id, portal.session.id]);
    expect(idsOf(await list('portal'))).toEqual([portal.session.id]);
    expect(idsOf(await list('login_token'))).toEqual([lent.session.id]);
    tokens.service.clock.advance(HOUR);
    expect(idsOf(await list())).toEqual([]);
  });

  it('are ended by an owner: one, those of a kind, all but the one that asks', async () => {
    const { secret } = await tokens.create(owner);
    const [own, portal] = [await open(), await open()];
    const [one, two] = [await tokens.redeem(secret), await tokens.redeem(secret)];
    const [caller, account] = [callerOf(own), { accountId: owner.accountId }];

    await tokens.ask(endAccountSession, { ...account, sessionId: one.session.id }, caller);
    expect(await tokens.live(own, portal, one, two)).toEqual([true, true, false, true]);
    await tokens.ask(endAccountSessions, { ...account, kind: 'login_token' }, caller);
    expect(await tokens.live(own, portal, two)).toEqual([true, true, false]);
    await tokens.ask(endAccountSessions, account, caller);
    expect(await tokens.live(own, portal)).toEqual([true, false]);
    expect(await tokens.attempt(endAccountSession, { ...account, sessionId: two.session.id }, caller)).toBe(
      'not_found',
    );
  });

  it('of another account are not found', async () => {
    const foreign = await open({ accountId: uuidv7() });
    const input = { accountId: owner.accountId, sessionId: foreign.session.id };
    expect(await tokens.attempt(endAccountSession, input, owner)).toBe('not_found');
    await tokens.ask(endAccountSessions, { accountId: owner.accountId }, owner);
    expect(await tokens.live(foreign)).toEqual([true]);
  });
});

describe('Revoking by a resource server', () => {
  it('ends the session; for an unknown secret it answers alike', async () => {
    const opened = await open();
    const by = { resourceServerId: uuidv7() };
    for (const secret of [opened.secret, opened.secret, makeSecret('vks')]) {
      expect(await tokens.ask(revokeCredential, { hash: hashSecret(secret), ...by })).toEqual({});
    }
    expect(await tokens.live(opened)).toEqual([false]);
  });
});
