import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  accountBillingChanged,
  accountCreated,
  accountPolicyChanged,
  accountUpdated,
  type Caller,
  defineEvent,
  Failure,
  loginTokenCreated,
  loginTokenRedeemed,
  loginTokenUpdated,
  resourceServerRegistered,
  sessionEnded,
  sessionOpened,
} from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { AuditService } from '../../test/audit-service.ts';
import { makeEvent } from '../../test/make-event.ts';
import { hiddenFrom } from './owner-only.rules.ts';

let audit: AuditService;
let tenancy: (input: { userIds: string[] }) => unknown;
let accountId: string;

beforeAll(async () => {
  audit = await AuditService.start((input) => tenancy(input));
});

beforeEach(() => {
  tenancy = () => ({ names: {} });
  accountId = uuidv7();
});

afterAll(() => audit.stop());

const as = (role: 'owner' | 'manager' | 'viewer', change: Partial<Caller> = {}) =>
  anyCaller({ accountId, grants: [{ scope: { type: 'account', id: accountId }, role }], ...change });
const scope = () => ({ type: 'account', id: accountId }) as const;
const created = (name: string, more: { actor?: string; time?: string; id?: string } = {}) =>
  makeEvent(loginTokenCreated, {
    accountId,
    ...more,
    data: { name, type: 'permanent', role: 'viewer', scope: scope() },
  });

describe('an entry of the trail', () => {
  it('says who did what, to what, on whose behalf, whence and in which request', async () => {
    const [actor, tokenId] = [`user:${uuidv7()}`, uuidv7()];
    const subject = { type: 'login-token', id: tokenId } as const;
    const data = {
      kind: 'login_token',
      subject,
      address: '203.0.113.9',
      expiresAt: '2026-03-01T13:00:00.000Z',
    } as const;
    const onBehalfOf = `login-token:${tokenId}`;
    const time = '2026-02-03T04:05:06.789Z';
    const [event] = await audit.keep(makeEvent(sessionOpened, { accountId, actor, onBehalfOf, time, data }));
    expect(await audit.trail(accountId)).toEqual([
      {
        id: event?.id,
        time,
        action: 'session.opened',
        entity: { type: 'session', id: event?.subject },
        actor: { type: 'user', id: actor.slice(5), name: actor.slice(5) },
        onBehalfOf: { type: 'login-token', id: tokenId, name: tokenId },
        address: '203.0.113.9',
        requestId: event?.requestid,
        changes: [],
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        previousHash: null,
      },
    ]);
  });

  it('says what an update changed', async () => {
    const changes = [{ field: 'maxSessions', from: null, to: 2 }];
    await audit.keep(makeEvent(loginTokenUpdated, { accountId, data: { name: 'Visit', changes } }));
    expect(await audit.trail(accountId)).toMatchObject([{ changes }]);
  });

  it('names entities as their latest event does', async () => {
    const id = uuidv7();
    const renamed = makeEvent(loginTokenUpdated, { accountId, id, sequence: 2, data: { name: 'New', changes: [] } });
    await audit.keep(renamed, created('Old', { id }));
    const named = [{ entity: { name: 'New' } }, { entity: { name: 'New' } }];
    expect(await audit.trail(accountId)).toMatchObject(named);
  });

  it('names a login token, the account and a resource server that act', async () => {
    const [token, server] = [created('Visit'), makeEvent(resourceServerRegistered, { data: { name: 'Devices' } })];
    const facts = { kind: 'login_token', subject: { type: 'login-token', id: token.event.subject } } as const;
    const ended = (actor: string) =>
      makeEvent(sessionEnded, { accountId, actor, data: { ...facts, reason: 'signed-out' } });
    const acts = [ended(`login-token:${token.event.subject}`), ended(`resource-server:${server.event.subject}`)];
    await audit.keep(token, server, ...acts);
    const [byServer, byToken] = await audit.trail(accountId);
    expect(byToken?.actor.name).toBe('Visit');
    expect(byServer?.actor.name).toBe('Devices');
  });

  it('never names what only another tenant’s events have named', async () => {
    const id = uuidv7();
    await audit.keep(
      created('Ours'),
      makeEvent(accountUpdated, {
        accountId: uuidv7(),
        id,
        data: { name: 'Theirs', changes: [], tokenSessionLimit: null },
      }),
    );
    await audit.keep(
      makeEvent(accountCreated, {
        accountId,
        id: uuidv7(),
        actor: `resource-server:${id}`,
        data: { name: 'Acme', ownerId: uuidv7(), modules: [], tokenSessionLimit: null },
      }),
    );
    const [entry] = await audit.trail(accountId);
    expect(entry).toMatchObject({ entity: { name: 'Acme' }, actor: { name: id } });
  });
});

describe('the names of users', () => {
  it('are asked from tenancy, once for the whole page', async () => {
    const [ada, bo] = [uuidv7(), uuidv7()];
    const asked: string[][] = [];
    tenancy = ({ userIds }) => {
      asked.push(userIds);
      return { names: { [ada]: 'Ada', [bo]: 'Bo' } };
    };
    const [byAda, byBo] = [`user:${ada}`, `user:${bo}`];
    await audit.keep(
      created('one', { actor: byAda }),
      created('two', { actor: byBo }),
      created('three', { actor: byAda }),
    );
    const entries = await audit.trail(accountId);
    expect(entries.map(({ actor }) => actor.name)).toEqual(['Ada', 'Bo', 'Ada']);
    expect(asked.map((ids) => ids.toSorted())).toEqual([[ada, bo].toSorted()]);
  });

  it.each([
    ['refuses', () => new Failure('unavailable')],
    ['answers nonsense', () => ({ names: 1 })],
    ['does not answer', () => new Promise(() => {})],
  ])('are their ids while tenancy %s', async (_what, answer) => {
    tenancy = answer;
    const id = uuidv7();
    await audit.keep(created('one', { actor: `user:${id}` }));
    expect(await audit.trail(accountId)).toMatchObject([{ actor: { type: 'user', id, name: id } }]);
  });
});

describe('the filters of the trail', () => {
  const [ada, tokenId] = [uuidv7(), uuidv7()];

  beforeEach(async () => {
    const data = { name: 'b', sessionId: uuidv7(), address: '203.0.113.9' };
    const anonymous = 'anonymous:2001:db8::1';
    await audit.keep(
      created('a', { actor: `user:${ada}`, id: tokenId, time: '2026-01-01T00:00:00.000Z' }),
      makeEvent(loginTokenRedeemed, {
        accountId,
        id: tokenId,
        actor: anonymous,
        time: '2026-01-02T00:00:00.000Z',
        data,
      }),
      created('c', { actor: `user:${uuidv7()}`, time: '2026-01-03T00:00:00.000Z' }),
    );
  });

  it.each([
    ['from a time on', { from: '2026-01-02T00:00:00Z' }, ['c', 'b']],
    ['before a time', { to: '2026-01-02T01:00:00+01:00' }, ['a']],
    ['between times', { from: '2026-01-01T12:00:00Z', to: '2026-01-02T12:00:00Z' }, ['b']],
    ['by an actor’s id', { actor: ada }, ['a']],
    ['by an actor’s type and id', { actor: `user:${ada}` }, ['a']],
    ['by an actor of another type', { actor: `login-token:${ada}` }, []],
    ['by an actor whose id has colons', { actor: '2001:db8::1' }, ['b']],
    ['by an actor whose id has colons, with its type', { actor: 'anonymous:2001:db8::1' }, ['b']],
    ['by an actor’s type', { actor: 'user' }, ['c', 'a']],
    ['by an actor’s type of somebody without a name', { actor: 'anonymous' }, ['b']],
    ['by an action', { action: 'login-token.created' }, ['c', 'a']],
    ['by all actions of an entity', { action: 'login-token' }, ['c', 'b', 'a']],
    ['by the beginning of a name', { action: 'login' }, []],
    ['by an entity’s id', { entity: tokenId }, ['b', 'a']],
    ['by an entity’s type and id', { entity: `login-token:${tokenId}` }, ['b', 'a']],
    ['by an entity of another type', { entity: `session:${tokenId}` }, []],
    ['by an entity’s type', { entity: 'login-token' }, ['c', 'b', 'a']],
    ['by an entity’s type that is not there', { entity: 'session' }, []],
    ['by the beginning of a type', { entity: 'login' }, []],
    ['by several at once', { entity: tokenId, action: 'login-token.created', actor: ada }, ['a']],
  ])('choose %s', async (_what, filters, expected) => {
    const entries = await audit.trail(accountId, filters);
    const place: Record<string, string> = { '2026-01-01': 'a', '2026-01-02': 'b', '2026-01-03': 'c' };
    expect(entries.map(({ time }) => place[time.slice(0, 10)])).toEqual(expected);
  });
});

describe('the pages of the trail', () => {
  it('follow one another, newest first, and end', async () => {
    const events = await audit.keep(...['1', '2', '3', '4', '5'].map((name) => created(name)));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await audit.page(as('owner'), { limit: 2, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(events.map(({ id }) => id).reverse());
  });

  it('are not shifted by what happens meanwhile', async () => {
    const [one, two] = await audit.keep(created('1'), created('2'));
    const first = await audit.page(as('owner'), { limit: 1 });
    await audit.keep(created('3'));
    const second = await audit.page(as('owner'), { limit: 1, cursor: first.nextCursor ?? undefined });
    expect([first, second].map(({ items }) => items[0]?.id)).toEqual([two?.id, one?.id]);
  });
});

describe('who may read the trail', () => {
  it('a manager does, without what only an owner may read: billing, access keys, access links', async () => {
    const other = (entity: string) =>
      defineEvent({ entity, action: 'created', source: 'tokens', summary: entity, data: z.object({}) });
    const policy = {
      requireTwoFactor: 'off',
      managersMayDelete: true,
      portalIdleMinutes: 60,
      portalMaxHours: 24,
    } as const;
    const made = [
      makeEvent(accountBillingChanged, { accountId, data: { accountName: 'Acme', changes: [{ field: 'taxId' }] } }),
      makeEvent(accountPolicyChanged, { accountId, data: { accountName: 'Acme', changes: [], ...policy } }),
      makeEvent(other('access-key'), { accountId, data: {} }),
      created('seen'),
    ];
    await audit.keep(...made);
    const actions = async (role: 'owner' | 'manager') => (await audit.page(as(role))).items.map(({ action }) => action);
    const seen = ['login-token.created', 'account.policy-changed'];
    expect(await actions('manager')).toEqual(seen);
    expect(await actions('owner')).toEqual([seen[0], 'access-key.created', seen[1], 'account.billing-changed']);
    expect(hiddenFrom(as('manager'))).toContain('access-link');
  });

  it('an owner reads which billing details changed, and not what they are', async () => {
    const changes = [{ field: 'taxId' }];
    await audit.keep(makeEvent(accountBillingChanged, { accountId, data: { accountName: 'Acme', changes } }));
    expect((await audit.page(as('owner'))).items).toMatchObject([{ changes }]);
  });

  it('a viewer does not', async () => {
    expect(await audit.ask(as('viewer'))).toEqual(new Failure('forbidden'));
  });

  it('a session of a login token does not', async () => {
    expect(await audit.ask(as('owner', { kind: 'login_token' }))).toEqual(new Failure('portal_only'));
  });

  it('another tenant finds nothing there, and not this account’s cursor or entries in its own', async () => {
    const [event] = await audit.keep(created('ours'));
    const stranger = anyCaller();
    expect(await audit.ask(stranger, { accountId })).toEqual(new Failure('not_found'));
    expect((await audit.page(stranger)).items).toEqual([]);
    expect((await audit.page(stranger, { entity: event?.subject })).items).toEqual([]);
  });
});
