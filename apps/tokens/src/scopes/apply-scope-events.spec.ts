import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AccessEvent } from '@valetkey/access-events';
import { makeAccessEvent } from '@valetkey/access-events/testing';
import { groupDeleted, organizationDeleted, organizationUpdated, type Scope, subjectOf } from '@valetkey/contracts';
import { EventStream } from '@valetkey/messaging';
import { waitUntil } from '@valetkey/testing/stack';
import { PortalSessions } from '../../test/portal-sessions.ts';
import { type Owner, Tokens } from '../../test/tokens.ts';
import { ApplyScopeEvents } from './apply-scope-events.ts';

let tokens: Tokens;
let owner: Owner;
let scope: Scope;

beforeAll(async () => {
  tokens = await Tokens.start();
});
afterAll(() => tokens.stop());
beforeEach(() => {
  owner = tokens.owner();
  scope = { type: 'group', id: tokens.newScope() };
});

const gone = ({ type, id }: Scope, accountid = owner.accountId) => {
  const facts = { accountid, subject: id, data: { name: 'North' } };
  return type === 'group' ? makeAccessEvent(groupDeleted, facts) : makeAccessEvent(organizationDeleted, facts);
};
const tell = (event: AccessEvent) => tokens.service.app.get(ApplyScopeEvents).apply([event]);

describe.each(['group', 'organization'] as const)('When a %s is deleted', (type) => {
  beforeEach(() => {
    scope = { type, id: tokens.newScope() };
  });

  it('what was lent in it goes with it and with its sessions, as the act of whoever deleted it', async () => {
    const key = await tokens.createKey(owner, { scope });
    const token = await tokens.create(owner, { scope });
    const opened = await tokens.redeem(token.secret);
    const event = gone(scope);
    await tell(event);

    expect(await tokens.verifyKey(key.secret)).toBeNull();
    expect(await tokens.live(opened)).toEqual([false]);
    expect(await tokens.refusal(token.secret)).toBe('invalid_token');
    expect((await tokens.eventsOf(`access-key:${key.id}`)).at(-1)).toMatchObject({
      type: 'dev.valetkey.access-key.deleted.v1',
      actor: event.actor,
    });
    expect((await tokens.told(`login-token:${token.id}`)).at(-1)).toBe('deleted');
    expect((await tokens.eventsOf(`session:${opened.session.id}`)).at(-1)).toMatchObject({
      data: { reason: 'credential-deleted' },
    });
  });

  it('what was lent elsewhere stays', async () => {
    const other = tokens.owner();
    const stay = [
      await tokens.createKey(owner),
      await tokens.createKey(owner, { scope: { type, id: tokens.newScope() } }),
      await tokens.createKey(other, { scope }),
    ];
    await tell(gone(scope));
    for (const { secret } of stay) expect(await tokens.verifyKey(secret)).not.toBeNull();
  });

  it('twice told is once done', async () => {
    await tokens.createKey(owner, { scope });
    const event = gone(scope);
    expect(await tell(event)).toEqual({ duplicates: 0 });
    expect(await tell(event)).toEqual({ duplicates: 1 });
  });

  it('the platform’s durable brings it', async () => {
    const token = await tokens.create(owner, { scope });
    const event = gone(scope);
    const tenancy = await tokens.service.bus.connect('tenancy');
    const subject = subjectOf(type === 'group' ? groupDeleted : organizationDeleted, owner.accountId);
    await new EventStream(tenancy).publish(subject, event.id, JSON.stringify(event));
    const told = async () => (await tokens.told(`login-token:${token.id}`)).includes('deleted') || undefined;
    expect(await waitUntil(told, { timeoutMs: 10_000 })).toBe(true);
  });
});

describe('When an organization is moved or deleted', () => {
  const moved = (subject: string, accountid: string, field = 'groupId') => {
    const data = { name: 'Pier', changes: [{ field, from: tokens.newScope(), to: null }] };
    return makeAccessEvent(organizationUpdated, { accountid, subject, data });
  };
  const placeOf = async (secret: string) => (await tokens.verify(secret))?.organizationId;

  it('who reaches it no more stands in none, even when it comes back', async () => {
    const portal = await PortalSessions.of(tokens);
    const organizationId = tokens.newScope();
    const { accountId } = owner;
    const [lost, stays] = [
      await portal.open({ accountId, organizationId }),
      await portal.open({ accountId, organizationId }),
    ];
    portal.lose(lost.session.subject.id, organizationId);
    await tell(moved(organizationId, accountId, 'name'));
    expect(await placeOf(lost.secret)).toBe(organizationId);
    await tell(moved(organizationId, accountId));
    expect(await placeOf(lost.secret)).toBeUndefined();
    expect(await placeOf(stays.secret)).toBe(organizationId);
    expect((await tokens.told(`session:${lost.session.id}`)).at(-1)).toBe('organization-changed');
  });

  it('sessions that stood in a deleted one stand in none', async () => {
    const portal = await PortalSessions.of(tokens);
    const organizationId = tokens.newScope();
    const opened = await portal.open({ accountId: owner.accountId, organizationId });
    portal.lose(opened.session.subject.id, organizationId);
    await tell(gone({ type: 'organization', id: organizationId }));
    expect(await tokens.verify(opened.secret)).toMatchObject({ accountId: owner.accountId });
    expect(await placeOf(opened.secret)).toBeUndefined();
  });
});
