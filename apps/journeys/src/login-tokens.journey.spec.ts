import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEntry, LoginToken, type LoginTokenStatus, pageOf, Session } from '@valetkey/contracts';
import { z } from 'zod';
import { Client, type Owner, ownerOf, person, signedIn } from './client.ts';
import { eventually } from './eventually.ts';
import { lend, type LentToken } from './lending.ts';
import { operatorOf } from './operator.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const MINUTE_MS = 60_000;
const Rotated = z.object({ secret: z.string() });
const ada = person('ada@harbour.example');

let platform: Platform;
let owner: Owner;
let operator: Client;

beforeAll(async () => {
  platform = await startPlatform({ gateways: [{}, {}] });
  owner = await ownerOf(platform, 'Harbour Cranes', ada);
  operator = await operatorOf(platform);
});
afterAll(async () => {
  await platform.stop();
});

async function statusOf({ path }: LentToken): Promise<LoginTokenStatus> {
  return LoginToken.parse((await owner.call('GET', path)).body).status;
}

async function liveSessionsOf({ path }: LentToken): Promise<Session[]> {
  return pageOf(Session).parse((await owner.call('GET', `${path}/sessions`)).body).items;
}

/** The trail of one entity, oldest first, as `action by actor`, once it is as long as expected. */
async function trailOf(entity: string, length: number): Promise<string[]> {
  const entries = await eventually(`${length} entries of ${entity} in the audit trail`, async () => {
    const { body } = await owner.call('GET', `${owner.path}/audit?entity=${entity}&limit=100`);
    const { items } = pageOf(AuditEntry).parse(body);
    return items.length >= length ? items : undefined;
  });
  return entries.reverse().map(({ action, actor }) => `${action} by ${actor.type} ${actor.name}`);
}

async function redeemed(secret: string, userAgent?: string) {
  const answer = await new Client(owner.baseUrl, undefined, userAgent).call('POST', '/v1/sessions/login-token', {
    body: { token: secret },
  });
  return { status: answer.status, code: answer.code };
}

/** Refused at the gateway that ended it from the moment of its answer, and at the others within an instant. */
async function expectOut(client: Client): Promise<void> {
  expect((await client.call('GET', '/v1/session')).status).toBe(401);
  for (const url of platform.gatewayUrls.slice(1)) {
    await eventually(
      `${url} refuses`,
      async () => (await client.at(url).call('GET', '/v1/session')).status === 401 || undefined,
    );
  }
}

describe('a technician visits with a one-time token', () => {
  it('is ready, in use while the session lives, used after signing out, and never revives', async () => {
    const token = await lend(owner, { name: 'Service visit', type: 'one_time' });
    expect(token.status).toBe('ready');
    const technician = await owner.redeem(token.secret);
    expect(await statusOf(token)).toBe('in_use');

    expect(await technician.call('GET', '/v1/session')).toMatchObject({
      status: 200,
      body: { kind: 'login_token', subject: { type: 'login-token', id: token.id }, role: 'manager' },
    });
    expect(await technician.call('GET', `${owner.path}/members`)).toMatchObject({ status: 403, code: 'portal_only' });
    expect(await redeemed(token.secret)).toEqual({ status: 401, code: 'invalid_token' });

    expect((await technician.call('DELETE', '/v1/session')).status).toBe(204);
    await expectOut(technician);
    expect(await statusOf(token)).toBe('used');
    expect(await redeemed(token.secret)).toEqual({ status: 401, code: 'invalid_token' });
    expect(await trailOf(`login-token:${token.id}`, 3)).toEqual([
      'login-token.created by user Olivia',
      'login-token.redeemed by login-token Service visit',
      'login-token.used by login-token Service visit',
    ]);
  });
});

describe('two clients share a permanent token with a limit of two', () => {
  it('keeps a third out, shows both to the owner, and puts both out when it is deleted', async () => {
    const token = await lend(owner, { name: 'Dock terminal', maxSessions: 2 });
    const crane = await owner.redeem(token.secret, 'crane-display/1.0');
    const gate = await owner.redeem(token.secret, 'gate-display/2.0');
    expect(await redeemed(token.secret, 'office')).toEqual({ status: 409, code: 'session_limit_reached' });

    const live = await liveSessionsOf(token);
    expect(live.map(({ userAgent }) => userAgent).sort()).toEqual(['crane-display/1.0', 'gate-display/2.0']);
    const now = platform.clock.now().toISOString();
    for (const session of live)
      expect(session).toMatchObject({ address: '127.0.0.1', createdAt: now, lastSeenAt: now });
    for (const url of platform.gatewayUrls) expect((await gate.at(url).call('GET', '/v1/session')).status).toBe(200);

    expect((await owner.call('DELETE', token.path)).status).toBe(204);
    await expectOut(crane);
    await expectOut(gate);
    expect(await owner.call('GET', token.path)).toMatchObject({ status: 404, code: 'not_found' });
    expect(await redeemed(token.secret)).toEqual({ status: 401, code: 'invalid_token' });

    expect(await trailOf(`login-token:${token.id}`, 4)).toEqual([
      'login-token.created by user Olivia',
      'login-token.redeemed by login-token Dock terminal',
      'login-token.redeemed by login-token Dock terminal',
      'login-token.deleted by user Olivia',
    ]);
    const exported = await owner.call('GET', `${owner.path}/audit/export?entity=login-token:${token.id}`);
    expect(exported.headers.get('content-type')).toBe('application/x-ndjson');
    const lines = String(exported.body).trimEnd().split('\n');
    expect(lines.map((line) => AuditEntry.parse(JSON.parse(line)).action)[0]).toBe('login-token.deleted');
    expect(lines).toHaveLength(4);
    for (const { id } of live) {
      expect(await trailOf(`session:${id}`, 2)).toEqual([
        'session.opened by login-token Dock terminal',
        'session.ended by user Olivia',
      ]);
    }
  });
});

describe('the owner watches who is in', () => {
  it('ends one session, then all that are left', async () => {
    const token = await lend(owner, { name: 'Night shift' });
    const first = await owner.redeem(token.secret, 'first');
    const second = await owner.redeem(token.secret, 'second');
    const third = await owner.redeem(token.secret, 'third');
    const last = (await liveSessionsOf(token)).find(({ userAgent }) => userAgent === 'third');
    expect((await owner.call('DELETE', `${token.path}/sessions/${last?.id ?? ''}`)).status).toBe(204);
    await expectOut(third);
    expect((await first.call('GET', '/v1/session')).status).toBe(200);
    expect(LoginToken.parse((await owner.call('GET', token.path)).body).liveSessions).toBe(2);

    expect((await owner.call('DELETE', `${token.path}/sessions`)).status).toBe(204);
    await expectOut(first);
    await expectOut(second);
    expect(await liveSessionsOf(token)).toEqual([]);
    expect(await redeemed(token.secret)).toEqual({ status: 201, code: undefined });
  });

  it('sees the sessions of the whole account, and ends those of one kind without leaving', async () => {
    const visitor = await owner.redeem((await lend(owner, { name: 'Visitor' })).secret);
    const { body } = await owner.call('GET', `${owner.path}/sessions?kind=portal`);
    expect(pageOf(Session).parse(body).items).toMatchObject([{ kind: 'portal', subject: { name: 'Olivia' } }]);
    expect((await owner.call('DELETE', `${owner.path}/sessions?kind=login_token`)).status).toBe(204);
    await expectOut(visitor);
    expect((await owner.call('GET', '/v1/session')).status).toBe(200);
  });
});

describe('the operator turns login tokens off', () => {
  const setModule = (on: boolean) =>
    operator.call('PATCH', `/v1/operator/accounts/${owner.accountId}`, { body: { modules: { login_tokens: on } } });

  it('puts everybody out and lets nobody in, until it is on again', async () => {
    const token = await lend(owner, { name: 'Seasonal' });
    const inside = await owner.redeem(token.secret);
    expect(await setModule(false)).toMatchObject({ status: 200, body: { modules: { login_tokens: false } } });
    await expectOut(inside);
    expect(await owner.call('GET', token.path)).toMatchObject({ status: 403, code: 'module_disabled' });
    await eventually('redeeming is refused', async () => (await redeemed(token.secret)).status === 401 || undefined);

    expect(await setModule(true)).toMatchObject({ status: 200, body: { modules: { login_tokens: true } } });
    await eventually('redeeming works again', async () => (await redeemed(token.secret)).status === 201 || undefined);
    expect(await statusOf(token)).toBe('active');
    await expectOut(inside);
  });
});

describe('time passes', () => {
  it('lets the old secret of a rotated token in until its grace ends, and then ends what it opened', async () => {
    const token = await lend(owner, { name: 'Rotating' });
    const before = await owner.redeem(token.secret);
    const answer = await owner.call('POST', `${token.path}/rotate`, { body: { graceSeconds: 120 } });
    expect(answer).toMatchObject({ status: 200, body: { secret: expect.stringMatching(/^vkl_/) } });
    const { secret } = Rotated.parse(answer.body);
    const within = await owner.redeem(token.secret);
    const after = await owner.redeem(secret);
    expect((await before.call('GET', '/v1/session')).status).toBe(200);

    platform.clock.advance(2 * MINUTE_MS);
    expect(await redeemed(token.secret)).toEqual({ status: 401, code: 'invalid_token' });
    for (const old of [before, within]) {
      await eventually(
        'what the old secret opened ends',
        async () => (await old.call('GET', '/v1/session')).status === 401 || undefined,
      );
    }
    expect((await after.call('GET', '/v1/session')).status).toBe(200);
  });

  it('ends at once what a token rotated without grace had opened', async () => {
    const token = await lend(owner, { name: 'Leaked' });
    const before = await owner.redeem(token.secret);
    expect((await owner.call('POST', `${token.path}/rotate`)).status).toBe(200);
    await expectOut(before);
    expect(await redeemed(token.secret)).toEqual({ status: 401, code: 'invalid_token' });
  });

  it('ends a token and its sessions at its expiry', async () => {
    const expiresAt = new Date(platform.clock.now().getTime() + 10 * MINUTE_MS).toISOString();
    const token = await lend(owner, { name: 'Until noon', expiresAt });
    const inside = await owner.redeem(token.secret);
    platform.clock.advance(10 * MINUTE_MS);
    expect(await redeemed(token.secret)).toEqual({ status: 401, code: 'invalid_token' });
    for (const url of platform.gatewayUrls) {
      await eventually(
        'the session ends',
        async () => (await inside.at(url).call('GET', '/v1/session')).status === 401 || undefined,
      );
    }
    expect(await statusOf(token)).toBe('expired');
  });

  it('ends an idle session within the hour, and with it a one-time token', async () => {
    const token = await lend(owner, { name: 'Forgotten', type: 'one_time' });
    const idle = await owner.redeem(token.secret);
    platform.clock.advance(61 * MINUTE_MS);
    expect((await idle.call('GET', '/v1/session')).status).toBe(401);
    owner = await signedIn(platform, ada);
    await eventually('the token is used', async () => ((await statusOf(token)) === 'used' ? true : undefined));
  });
});
