import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  deleteLoginToken,
  endLoginTokenSession,
  endLoginTokenSessions,
  getLoginToken,
  listLoginTokenSessions,
  recordUses,
} from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { MILLISECOND, MINUTE, type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
  owner = tokens.owner();
});
afterAll(() => tokens.stop());

const about = ({ id }: { id: string }) => ({ accountId: owner.accountId, loginTokenId: id });
const list = (token: { id: string }, page: { limit?: number; cursor?: string } = {}) =>
  tokens.ask(listLoginTokenSessions, { ...about(token), ...page }, owner);
const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);
const manager = () => ({
  ...owner,
  grants: [{ scope: { type: 'account' as const, id: owner.accountId }, role: 'manager' as const }],
});

describe('A login token shows its live sessions', () => {
  it('with address, user agent, since when and last seen', async () => {
    const token = await tokens.create(owner);
    const { session } = await tokens.redeem(token.secret, { address: '198.51.100.9', userAgent: 'Telnet 1.0' });
    const at = tokens.later(MINUTE).toISOString();
    tokens.service.clock.advance(MINUTE);
    await tokens.ask(recordUses, { uses: [{ id: session.id, at, address: '198.51.100.10' }] });

    const { items } = await list(token);

    expect(items).toEqual([
      expect.objectContaining({
        id: session.id,
        kind: 'login_token',
        address: '198.51.100.9',
        userAgent: 'Telnet 1.0',
        createdAt: session.createdAt,
        lastSeenAt: at,
      }),
    ]);
    const shown = await tokens.ask(getLoginToken, about(token), owner);
    expect(shown).toMatchObject({ liveSessions: 1, lastUsedAt: at, lastUsedFrom: '198.51.100.10' });
  });

  it('newest first, page by page', async () => {
    const token = await tokens.create(owner);
    const opened = [];
    for (let one = 0; one < 5; one += 1) {
      opened.unshift((await tokens.redeem(token.secret)).session.id);
      tokens.service.clock.advance(MILLISECOND);
    }

    const first = await list(token, { limit: 2 });
    const second = await list(token, { limit: 2, cursor: first.nextCursor ?? '' });
    const third = await list(token, { limit: 2, cursor: second.nextCursor ?? '' });

    expect([first, second, third].flatMap(idsOf)).toEqual(opened);
    expect(third.nextCursor).toBeNull();
  });
});

describe('An owner', () => {
  it('ends one session, and the others go on', async () => {
    const token = await tokens.create(owner);
    const [one, other] = [await tokens.redeem(token.secret), await tokens.redeem(token.secret)];

    await tokens.ask(endLoginTokenSession, { ...about(token), sessionId: one.session.id }, owner);

    expect(await tokens.live(one, other)).toEqual([false, true]);
    expect(idsOf(await list(token))).toEqual([other.session.id]);
    const [, ended] = await tokens.eventsOf(`session:${one.session.id}`);
    expect(ended).toMatchObject({ actor: `user:${owner.subject.id}`, data: { reason: 'ended-by-owner' } });
  });

  it('ends all sessions of a token, and no others; it opens new ones', async () => {
    const [token, beside] = [await tokens.create(owner), await tokens.create(owner)];
    const opened = [await tokens.redeem(token.secret), await tokens.redeem(token.secret)];
    const untouched = await tokens.redeem(beside.secret);

    const context = tokens.service.context(owner);
    const { touched } = await tokens.service.gateway.request(endLoginTokenSessions, about(token), context);

    expect(touched.sort()).toEqual(opened.map(({ session }) => `session:${session.id}`).sort());
    expect(await tokens.live(...opened, untouched)).toEqual([false, false, true]);
    expect(await tokens.refusal(token.secret)).toBeUndefined();
  });

  it('deletes a token and with it all its sessions, told by one event for the guards', async () => {
    const token = await tokens.create(owner, { name: 'Doomed' });
    const opened = [await tokens.redeem(token.secret), await tokens.redeem(token.secret)];

    const context = tokens.service.context(owner);
    const { touched } = await tokens.service.gateway.request(deleteLoginToken, about(token), context);

    expect(touched).toEqual([`login-token:${token.id}`]);
    expect(await tokens.live(...opened)).toEqual([false, false]);
    expect(await tokens.refusal(token.secret)).toBe('invalid_token');
    expect(await tokens.attempt(getLoginToken, about(token), owner)).toBe('not_found');
    expect(await tokens.attempt(deleteLoginToken, about(token), owner)).toBe('not_found');
    expect(await tokens.told(`login-token:${token.id}`)).toEqual(['created', 'redeemed', 'redeemed', 'deleted']);
    for (const { session } of opened) {
      const [, ended] = await tokens.eventsOf(`session:${session.id}`);
      expect(ended).toMatchObject({ sequence: 2, data: { reason: 'credential-deleted', loginTokenId: token.id } });
    }
  });

  it('who deletes a one-time token in use tells its deletion, not its use', async () => {
    const token = await tokens.create(owner, { type: 'one_time' });
    const opened = await tokens.redeem(token.secret);

    await tokens.ask(deleteLoginToken, about(token), owner);

    expect(await tokens.live(opened)).toEqual([false]);
    expect(await tokens.told(`login-token:${token.id}`)).toEqual(['created', 'redeemed', 'deleted']);
  });
});

describe('What is not there', () => {
  it('is not found: other accounts’ tokens, unknown ones, other tokens’ sessions, ended ones', async () => {
    const stranger = tokens.owner();
    const foreign = await tokens.create(stranger);
    const { session: foreignSession } = await tokens.redeem(foreign.secret);
    const [mine, beside] = [await tokens.create(owner), await tokens.create(owner)];
    const { session } = await tokens.redeem(mine.secret);

    for (const token of [foreign, { id: uuidv7() }, { id: 'no-id' }]) {
      expect(await tokens.attempt(getLoginToken, about(token), owner)).toBe('not_found');
      expect(await tokens.attempt(deleteLoginToken, about(token), owner)).toBe('not_found');
      expect(await tokens.attempt(listLoginTokenSessions, about(token), owner)).toBe('not_found');
      expect(await tokens.attempt(endLoginTokenSessions, about(token), owner)).toBe('not_found');
    }
    const endOne = (token: { id: string }, sessionId: string) =>
      tokens.attempt(endLoginTokenSession, { ...about(token), sessionId }, owner);
    expect(await endOne(foreign, foreignSession.id)).toBe('not_found');
    expect(await endOne(mine, foreignSession.id)).toBe('not_found');
    expect(await endOne(beside, session.id)).toBe('not_found');
    expect(await endOne(mine, session.id)).toEqual({});
    expect(await endOne(mine, session.id)).toBe('not_found');
  });

  it('is not found before what is wrong with the question', async () => {
    const token = await tokens.create(owner);
    const { session } = await tokens.redeem(token.secret);
    const endOne = (sessionId: string, more = {}) =>
      tokens.attempt(endLoginTokenSession, Object.assign({ ...about(token), sessionId }, more), owner);

    expect(await endOne(session.id, { soon: true })).toBe('malformed');
    expect(await endOne(uuidv7(), { soon: true })).toBe('not_found');
    expect(await endOne(session.id)).toEqual({});
    expect(await endOne(session.id, { soon: true })).toBe('not_found');
  });

  it('and a manager sees sessions but ends none', async () => {
    const token = await tokens.create(owner);
    const { session } = await tokens.redeem(token.secret);

    expect(idsOf(await tokens.ask(listLoginTokenSessions, about(token), manager()))).toEqual([session.id]);
    expect(await tokens.attempt(endLoginTokenSessions, about(token), manager())).toBe('forbidden');
    const one = { ...about(token), sessionId: session.id };
    expect(await tokens.attempt(endLoginTokenSession, one, manager())).toBe('forbidden');
  });
});
