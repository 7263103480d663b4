import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AccessEvent } from '@valetkey/access-events';
import { makeAccessEvent } from '@valetkey/access-events/testing';
import { chooseStanding, Failure, sessionEntered, type SessionKind, subjectOf } from '@valetkey/contracts';
import { type Bus, EventStream } from '@valetkey/messaging';
import { waitUntil } from '@valetkey/testing/stack';
import { v7 as uuidv7 } from 'uuid';
import { Tenancy, type Tenant } from '../../test/tenancy.ts';
import { KeepLastAccounts } from './keep-last-accounts.ts';

let tenancy: Tenancy;
let tokens: Bus;
let [oldest, second, third]: Tenant[] = [];
let userId: string;

beforeAll(async () => {
  tenancy = await Tenancy.start();
  tokens = await tenancy.service.as('tokens');
  [oldest, second, third] = [await tenancy.openAccount(), await tenancy.openAccount(), await tenancy.openAccount()];
});
beforeEach(async () => {
  userId = uuidv7();
  for (const account of [oldest, second, third]) await join(account);
});
afterAll(() => tenancy.stop());

const idOf = (tenant: Tenant | undefined) => tenant?.accountId ?? '';
const join = (tenant: Tenant | undefined, user = userId) =>
  tenancy.join(idOf(tenant), { type: 'account', id: idOf(tenant) }, 'viewer', { userId: user });

/** A session of the user entered an account so many milliseconds ago. */
function entered(tenant: Tenant | undefined, ago = 0, kind: SessionKind = 'portal', user = userId): AccessEvent {
  const data = { kind, subject: { type: 'user' as const, id: user } };
  const event = makeAccessEvent(sessionEntered, { subject: uuidv7(), accountid: idOf(tenant), data });
  return { ...event, time: new Date(tenancy.service.clock.now().getTime() - ago).toISOString() };
}

const tell = (...events: AccessEvent[]) => tenancy.service.app.get(KeepLastAccounts).apply(events);

/** Where a user stands after signing in. */
async function start(user = userId): Promise<string | undefined> {
  const asked = { holder: { userId: user } };
  const answer = await tokens.ask(chooseStanding, asked, tenancy.service.context());
  return answer instanceof Failure ? undefined : answer.accountId;
}

describe('After a sign-in one stands', () => {
  it('in the oldest account, before one has ever gone to another', async () => {
    expect(await start()).toBe(idOf(oldest));
  });

  it('in the account that one entered last', async () => {
    await tell(entered(second, 2), entered(third, 1));
    expect(await start()).toBe(idOf(third));
    await tell(entered(second));
    expect(await start()).toBe(idOf(second));
  });

  it('there also when events come late, again, or many at once', async () => {
    const events = [entered(second, 30), entered(third, 10), entered(second, 20), entered(oldest, 40)];
    await tell(...events);
    expect(await start()).toBe(idOf(third));
    for (const event of events) await tell(event);
    expect(await start()).toBe(idOf(third));
  });

  it('of two that were entered at one time in the one told last', async () => {
    await tell(entered(second), entered(third));
    expect(await start()).toBe(idOf(third));
    await tell(entered(second));
    expect(await start()).toBe(idOf(second));
  });

  it('wherever sessions of links and of others went', async () => {
    await tell(entered(second), entered(third, 0, 'access_link'), entered(third, 0, 'portal', uuidv7()));
    expect(await start()).toBe(idOf(second));
  });

  it('never in an account of which one is no member any more, nor in a deleted one', async () => {
    await tell(entered(second));
    await tenancy.sql('DELETE FROM memberships WHERE user_id = $1 AND account_id = $2', [userId, idOf(second)]);
    expect(await start()).toBe(idOf(oldest));

    const gone = await tenancy.openAccount();
    await join(gone);
    await tell(entered(gone));
    expect(await start()).toBe(idOf(gone));
    await tenancy.sql('UPDATE accounts SET deleted_at = $1 WHERE id = $2', [tenancy.service.clock.now(), idOf(gone)]);
    expect(await start()).toBe(idOf(oldest));
  });

  it('where the bus says that they went', async () => {
    const stream = new EventStream(await tenancy.service.bus.connect('tokens'));
    const event = entered(second);
    await stream.publish(subjectOf(sessionEntered, event.accountid), event.id, JSON.stringify(event));
    const moved = async () => (await start()) === idOf(second) || undefined;
    expect(await waitUntil(moved, { timeoutMs: 10_000 })).toBe(true);
  });
});

it('Entries of the same users in many batches at once keep the newest of each', async () => {
  const users = Array.from({ length: 20 }, () => uuidv7());
  for (const user of users) await join(second, user);
  for (const user of users) await join(third, user);
  const older = users.map((user) => entered(third, 100, 'portal', user));
  const newer = users.map((user) => entered(second, 50, 'portal', user)).toReversed();
  await Promise.all([tell(...older), tell(...newer), tell(...newer, ...older), tell(...older.toReversed())]);
  for (const user of users) expect(await start(user)).toBe(idOf(second));
});
