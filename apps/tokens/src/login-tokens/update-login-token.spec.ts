import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AskOf, getLoginToken, signOut, updateLoginToken } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { HOUR, MINUTE, type Owner, SECOND, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
  owner = tokens.owner();
});
afterAll(() => tokens.stop());

type Fields = Partial<AskOf<typeof updateLoginToken>>;

const about = ({ id }: { id: string }) => ({ accountId: owner.accountId, loginTokenId: id });
const update = (token: { id: string }, fields: Fields, ifMatch?: string) =>
  tokens.ask(updateLoginToken, { ...about(token), ...fields }, owner, { ifMatch });
const refusalOf = (token: { id: string }, fields: object, { by, ifMatch }: { by?: Owner; ifMatch?: string } = {}) =>
  tokens.attempt(updateLoginToken, { ...about(token), ...fields }, by ?? owner, { ifMatch });

describe('An edit of a login token', () => {
  it('changes what is given, keeps what is absent, removes what is null', async () => {
    const expiresAt = tokens.later(HOUR).toISOString();
    const token = await tokens.create(owner, { maxSessions: 2, expiresAt, allowedCidrs: ['203.0.113.0/24'] });
    const scope = { type: 'organization' as const, id: tokens.newScope() };

    const changed = await update(token, { role: 'viewer', scope, maxSessions: null, allowedCidrs: [] });

    expect(changed).toMatchObject({
      name: token.name,
      role: 'viewer',
      scope,
      expiresAt,
      allowedCidrs: [],
      revision: 2,
    });
    expect(changed).not.toHaveProperty('maxSessions');
    expect(await tokens.ask(getLoginToken, about(token), owner)).toEqual(changed);
    expect(await update(token, { expiresAt: null })).not.toHaveProperty('expiresAt');
  });

  it('is told with what changed, from what, to what', async () => {
    const token = await tokens.create(owner, { name: 'Old name', maxSessions: 2 });
    const expiresAt = tokens.later(HOUR).toISOString();

    await update(token, { name: 'New name', role: 'manager', expiresAt, allowedCidrs: ['::/0'], maxSessions: 2 });

    const [, updated] = await tokens.eventsOf(`login-token:${token.id}`);
    expect(updated).toMatchObject({
      type: 'dev.valetkey.login-token.updated.v1',
      sequence: 2,
      actor: `user:${owner.subject.id}`,
      data: {
        name: 'New name',
        changes: [
          { field: 'name', from: 'Old name', to: 'New name' },
          { field: 'expiresAt', from: null, to: expiresAt },
          { field: 'allowedCidrs', from: [], to: ['::/0'] },
        ],
      },
    });
  });

  it('takes null for no networks as for what else is optional', async () => {
    const token = await tokens.create(owner, { allowedCidrs: null });
    expect(token.allowedCidrs).toEqual([]);
    expect(await update(token, { allowedCidrs: ['203.0.113.0/24'] })).toMatchObject({
      allowedCidrs: ['203.0.113.0/24'],
    });
    expect(await update(token, { allowedCidrs: null })).toMatchObject({ allowedCidrs: [], revision: 3 });
  });

  it('that changes nothing is not told and makes no new revision', async () => {
    const token = await tokens.create(owner);
    expect(await update(token, { name: token.name, scope: token.scope, expiresAt: null })).toMatchObject({
      revision: 1,
    });
    expect(await tokens.told(`login-token:${token.id}`)).toEqual(['created']);
  });

  it('takes effect on live sessions at once', async () => {
    const token = await tokens.create(owner);
    const opened = await tokens.redeem(token.secret);

    await update(token, { role: 'viewer', expiresAt: tokens.later(MINUTE).toISOString() });

    expect(await tokens.verify(opened.secret)).toMatchObject({
      grant: { role: 'viewer' },
      expiresAt: tokens.later(MINUTE).toISOString(),
    });
    await tokens.pass(MINUTE);
    expect(await tokens.live(opened)).toEqual([false]);
    expect(await tokens.told(`session:${opened.session.id}`)).toEqual(['opened', 'ended']);
  });

  it('names what it touched, once that is told', async () => {
    const token = await tokens.create(owner);
    const asked = { ...about(token), role: 'viewer' as const };
    const { touched } = await tokens.service.gateway.request(updateLoginToken, asked, tokens.service.context(owner));
    expect(touched).toEqual([`login-token:${token.id}`]);
  });
});

describe('If-Match', () => {
  it('admits the present revision, and refuses a stale one', async () => {
    const token = await tokens.create(owner);
    expect(await update(token, { role: 'viewer' }, '"1"')).toMatchObject({ revision: 2 });
    expect(await refusalOf(token, { role: 'manager' }, { ifMatch: '"1"' })).toBe('precondition_failed');
    expect(await update(token, { role: 'manager' }, '*')).toMatchObject({ revision: 3 });
    expect(await update(token, { role: 'viewer' })).toMatchObject({ revision: 4 });
  });

  it('lets one of many simultaneous edits through', async () => {
    const token = await tokens.create(owner);
    const edits = ['a', 'b', 'c', 'd', 'e'].map((name) =>
      refusalOf(token, { name: name + uuidv7() }, { ifMatch: '"1"' }),
    );
    const answers = await Promise.all(edits);
    expect(answers.filter((answer) => answer !== 'precondition_failed')).toHaveLength(1);
  });
});

describe('An edit is refused', () => {
  it('for a token that is used or expired: it never revives', async () => {
    const spent = await tokens.create(owner, { type: 'one_time' });
    await tokens.ask(signOut, {}, tokens.callerOf(await tokens.redeem(spent.secret)));
    const expired = await tokens.create(owner, { expiresAt: tokens.later(SECOND).toISOString() });
    tokens.service.clock.advance(SECOND);

    expect(await refusalOf(spent, { role: 'viewer' })).toBe('token_ended');
    expect(await refusalOf(expired, { expiresAt: null })).toBe('token_ended');
    await tokens.sweep();
    expect(await refusalOf(expired, { expiresAt: null })).toBe('token_ended');
  });

  it('for one in use whose expiry has ended its session', async () => {
    const token = await tokens.create(owner, { type: 'one_time', expiresAt: tokens.later(SECOND).toISOString() });
    const opened = await tokens.redeem(token.secret);
    tokens.service.clock.advance(SECOND);

    expect(await refusalOf(token, { expiresAt: null })).toBe('token_ended');
    expect(await tokens.live(opened)).toEqual([false]);
  });

  it('when another token has the name', async () => {
    const [one, other] = [await tokens.create(owner), await tokens.create(owner)];
    expect(await refusalOf(one, { name: other.name })).toBe('name_taken');
    expect(await tokens.told(`login-token:${one.id}`)).toEqual(['created']);
  });

  it('for an expiry that is past or a scope that is not there', async () => {
    const token = await tokens.create(owner);
    expect(await refusalOf(token, { expiresAt: tokens.later(0).toISOString() })).toBe('expiry_not_future');
    expect(await refusalOf(token, { scope: { type: 'group', id: uuidv7() } })).toBe('not_found');
  });

  it('for a token of another account and for one that never was, alike, whatever the body', async () => {
    const foreign = await tokens.create(tokens.owner());
    for (const token of [foreign, { id: uuidv7() }, { id: 'no-id' }]) {
      expect(await refusalOf(token, { role: 'viewer' })).toBe('not_found');
      expect(await refusalOf(token, { role: 'king' })).toBe('not_found');
    }
    expect(await refusalOf(await tokens.create(owner), { role: 'king' })).toBe('malformed');
  });

  it('to a viewer', async () => {
    const token = await tokens.create(owner);
    const grants = [{ scope: { type: 'account' as const, id: owner.accountId }, role: 'viewer' as const }];
    expect(await refusalOf(token, { role: 'viewer' }, { by: { ...owner, grants } })).toBe('forbidden');
  });
});
