import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type AccessEvent,
  type AccessEventsConnection,
  closeAccessEvents,
  connectAccessEvents,
} from '@valetkey/access-events';
import { makeAccessEvent } from '@valetkey/access-events/testing';
import { loginTokenDeleted, membershipGranted, sessionEnded } from '@valetkey/contracts';
import { startTestBus, type TestBus, testPassword } from '@valetkey/testing';
import { waitUntil } from '@valetkey/testing/stack';
import { type GuardTime, systemTime } from '../guard-time.ts';
import type { ActiveIntrospection } from '../introspection/introspection.ts';
import { IntrospectionFailedError } from '../introspection/introspection-failed.error.ts';
import { GatewayStandIn, ManualTime } from '../testing/index.ts';
import type { AccessGuard } from './access-guard.ts';
import { createAccessGuard } from './create-access-guard.ts';

const services = ['identity', 'tenancy', 'tokens'] as const;
type Service = (typeof services)[number];
const [account, session, loginToken] = [randomUUID(), randomUUID(), randomUUID()];
const inactive = { active: false };

let bus: TestBus;
let gateway: GatewayStandIn;
let time: ManualTime;
let relays: Map<Service, AccessEventsConnection>;
const cleanUp: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  bus = await startTestBus();
  cleanUp.push(() => bus.nats.stop());
  gateway = await GatewayStandIn.start();
  cleanUp.push(() => gateway.stop());
  time = new ManualTime();
  await connectRelays();
});

afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

async function connectAs(user: string): Promise<AccessEventsConnection> {
  const connection = await connectAccessEvents({ servers: bus.nats.url, user, password: testPassword(user), name: user });
  cleanUp.push(() => closeAccessEvents(connection));
  return connection;
}

async function connectRelays(): Promise<void> {
  relays = new Map();
  for (const service of services) relays.set(service, await connectAs(service));
}

async function startGuard(guardTime: GuardTime = time): Promise<AccessGuard> {
  const guard = createAccessGuard({
    gatewayUrl: gateway.url,
    clientId: 'devices',
    clientSecret: 'vkx: 100%',
    connection: await connectAs('devices'),
    time: guardTime,
  });
  cleanUp.push(async () => guard.close());
  await until(() => guard.trusted, () => beat(...services));
  return guard;
}

function beat(...beating: readonly Service[]): void {
  for (const service of beating) relays.get(service)?.publish(`access.heartbeat.${service}`);
}

/** Publishes, and waits until the bus has it. */
async function tell(service: Service, event: AccessEvent): Promise<void> {
  const [, , entity, action] = event.type.split('.');
  const relay = relays.get(service);
  relay?.publish(`access.v1.${event.accountid ?? 'platform'}.${entity}.${action}`, JSON.stringify(event));
  await relay?.flush();
}

async function until(condition: () => boolean, meanwhile: () => void = () => undefined): Promise<void> {
  const ask = async () => {
    meanwhile();
    return condition() || undefined;
  };
  if (!(await waitUntil(ask, { timeoutMs: 10_000 }))) throw new Error(`waited in vain for ${condition.toString()}`);
}

/** A live session of a login token, in the gateway. */
function lend(token: string, change: Partial<ActiveIntrospection> = {}): ActiveIntrospection {
  const introspection: ActiveIntrospection = {
    active: true,
    token_type: 'session',
    kind: 'login_token',
    sub: `login-token:${loginToken}`,
    sid: session,
    account_id: account,
    scope_type: 'account',
    scope_id: account,
    role: 'viewer',
    scope: 'devices.view',
    iat: time.wall() / 1_000,
    exp: time.wall() / 1_000 + 3_600,
    ...change,
  };
  gateway.answers.set(token, introspection);
  return introspection;
}

const facts = { kind: 'login_token', subject: { type: 'login-token', id: loginToken } } as const;
const endOf = (id: string) =>
  makeAccessEvent(sessionEnded, { subject: id, accountid: account, data: { ...facts, reason: 'ended-by-owner' } });

describe('A guard', () => {
  it('asks about a credential once, in its own name, past what the gateway keeps', async () => {
    const guard = await startGuard();
    const answer = lend('vks_1');
    expect(await guard.verify('vks_1', { clientAddress: '203.0.113.7' })).toEqual(answer);
    expect(await guard.verify('vks_1', { clientAddress: '203.0.113.7' })).toEqual(answer);
    expect(gateway.asked).toEqual([
      {
        token: 'vks_1',
        clientAddress: '203.0.113.7',
        // RFC 6749 §2.3.1: `devices:vkx%3A+100%25`
        authorization: 'Basic ZGV2aWNlczp2a3glM0ErMTAwJTI1',
        cacheControl: 'no-cache',
      },
    ]);
  });

  it.each([
    ['the session', 'tokens', endOf(session)],
    ['its login token', 'tokens', makeAccessEvent(loginTokenDeleted, { subject: loginToken, data: { name: 'Visit' } })],
    [
      'a membership in its account',
      'tenancy',
      makeAccessEvent(membershipGranted, {
        accountid: account,
        data: { userId: randomUUID(), scope: { type: 'account', id: account }, role: 'owner' },
      }),
    ],
  ] as const)('asks again after an event of %s', async (_what, service, event) => {
    const guard = await startGuard();
    lend('vks_1');
    await guard.verify('vks_1');
    gateway.answers.delete('vks_1');
    await tell(service, event);
    await until(() => guard.trusted);
    const answers: boolean[] = [];
    await waitUntil(
      async () => {
        answers.push((await guard.verify('vks_1')).active);
        return answers.at(-1) === false || undefined;
      },
      { timeoutMs: 5_000 },
    );
    expect(answers.at(-1)).toBe(false);
  });

  it('keeps the answer when the event is of another session', async () => {
    const guard = await startGuard();
    lend('vks_1');
    lend('vks_2', { sid: randomUUID() });
    await guard.verify('vks_1');
    await guard.verify('vks_2');
    await tell('tokens', endOf(session));
    await until(() => gateway.asked.length === 3, () => void guard.verify('vks_1'));
    await guard.verify('vks_2');
    expect(gateway.asked.map(({ token }) => token)).toEqual(['vks_1', 'vks_2', 'vks_1']);
  });

  it('does not keep an answer that was under way while an event ended it', async () => {
    const guard = await startGuard();
    lend('vks_1');
    gateway.beforeAnswering = async () => {
      gateway.answers.delete('vks_1');
      gateway.beforeAnswering = async () => undefined;
      await tell('tokens', endOf(session));
      // What arrives on the guard's own connection after the event is a heartbeat that needs no trust to be seen.
      await seenByGuard(guard);
    };
    expect(await guard.verify('vks_1')).toEqual(inactive);
    expect(gateway.asked).toHaveLength(2);
  });

  it('never keeps that a credential is unknown', async () => {
    const guard = await startGuard();
    expect(await guard.verify('vks_1')).toEqual(inactive);
    const answer = lend('vks_1');
    expect(await guard.verify('vks_1')).toEqual(answer);
  });
});
