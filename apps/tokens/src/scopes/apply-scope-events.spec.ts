import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { makeAccessEvent } from '@valetkey/access-events/testing';
import { groupDeleted, organizationDeleted, type Scope, subjectOf } from '@valetkey/contracts';
import { EventStream } from '@valetkey/messaging';
import { waitUntil } from '@valetkey/testing/stack';
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
const tell = (event: ReturnType<typeof gone>) => tokens.service.app.get(ApplyScopeEvents).apply([event]);

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
