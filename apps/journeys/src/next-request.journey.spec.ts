import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Session } from '@valetkey/contracts';
import { keyOf } from './access-keys.ts';
import { Authenticator, halfMinutesOf } from './authenticator.ts';
import { type Client, type Owner, ownerOf, person } from './client.ts';
import { lend } from './lending.ts';
import { memberOf } from './members.ts';
import { membershipOf } from './membership-of.ts';
import { operatorOf } from './operator.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const TIMES = 5;
const ada = person('ada@harbour.example');

let platform: Platform;
let owner: Owner;
let operator: Client;

beforeAll(async () => {
  platform = await startPlatform();
  owner = await ownerOf(platform, 'Harbour Cranes', ada);
  await Authenticator.of(owner, ada, halfMinutesOf(platform));
  operator = await operatorOf(platform);
});
afterAll(async () => platform.stop());

const turn = (on: boolean) =>
  operator.call('PATCH', `/v1/operator/accounts/${owner.accountId}`, { body: { modules: { login_tokens: on } } });
const limit = (tokenSessionLimit: number | null) => owner.call('PATCH', owner.path, { body: { tokenSessionLimit } });
const make = (fields: object) =>
  owner.call('POST', `${owner.path}/login-tokens`, {
    body: { name: `Token ${crypto.randomUUID()}`, type: 'permanent', ...fields },
  });

/** It is a matter of milliseconds, so once proves nothing. */
const again = (what: string, check: () => Promise<void>): void =>
  it(what, async () => {
    for (let times = 0; times < TIMES; times += 1) await check();
  });

describe('The request after a change was answered', () => {
  again('finds a module on that the operator has turned on again, and what it made resumed', async () => {
    const { secret } = await lend(owner, { name: `Visit ${crypto.randomUUID()}` });
    expect((await turn(false)).status).toBe(200);
    expect((await owner.call('GET', `${owner.path}/login-tokens`)).code).toBe('module_disabled');
    expect((await turn(true)).status).toBe(200);
    expect((await owner.call('GET', `${owner.path}/login-tokens`)).status).toBe(200);
    await owner.redeem(secret);
  });

  again('opens nothing with a module that was turned off, and what was open stays ended', async () => {
    const { secret } = await lend(owner, { name: `Visit ${crypto.randomUUID()}` });
    const technician = await owner.redeem(secret);
    expect((await turn(false)).status).toBe(200);
    const body = { token: secret };
    expect((await owner.call('POST', '/v1/sessions/login-token', { body })).code).toBe('invalid_token');
    expect((await turn(true)).status).toBe(200);
    expect((await technician.call('GET', '/v1/session')).status).toBe(401);
  });

  again('stands under the account’s new limit', async () => {
    expect((await limit(3)).status).toBe(200);
    expect((await make({ maxSessions: 4 })).status).toBe(422);
    expect((await limit(null)).status).toBe(200);
    expect((await make({ maxSessions: 4 })).status).toBe(201);
  });

  again('has the rights of a role just given, none of one just taken, and stands nowhere once removed', async () => {
    const name = `member-${crypto.randomUUID()}`;
    const member = await memberOf(platform, owner, 'viewer', { name });
    const { path } = await membershipOf(name, owner);
    const making = async () => (await member.call('POST', `${owner.path}/groups`, { body: {} })).code;
    expect(await making()).toBe('forbidden');
    expect((await owner.call('PATCH', path, { body: { role: 'manager' } })).status).toBe(200);
    expect(await making()).toBe('malformed');
    expect((await owner.call('PATCH', path, { body: { role: 'viewer' } })).status).toBe(200);
    expect(await making()).toBe('forbidden');
    expect((await owner.call('DELETE', path)).status).toBe(204);
    expect(await making()).toBe('no_account');
  });

  again(
    'is asked for a second factor where the account’s policy has come to demand it, and no more after',
    async () => {
      const demand = (requireTwoFactor: string) =>
        owner.call('PATCH', `${owner.path}/policy`, { body: { requireTwoFactor } });
      const member = await memberOf(platform, owner, 'viewer', { name: `member-${crypto.randomUUID()}` });
      const code = async () => (await member.call('GET', owner.path)).code;
      expect(await code()).toBeUndefined();
      expect((await demand('everyone')).status).toBe(200);
      expect(await code()).toBe('two_factor_required');
      expect((await demand('off')).status).toBe(200);
      expect(await code()).toBeUndefined();
    },
  );

  again('is refused a key or a session that was just ended', async () => {
    const key = await keyOf(owner, { name: `Key ${crypto.randomUUID()}` });
    expect((await key.program.call('GET', owner.path)).status).toBe(200);
    expect((await owner.call('DELETE', key.path)).status).toBe(204);
    expect((await key.program.call('GET', owner.path)).code).toBe('unauthenticated');
    const technician = await owner.redeem((await lend(owner, { name: `Visit ${crypto.randomUUID()}` })).secret);
    const { id } = Session.parse((await technician.call('GET', '/v1/session')).body);
    expect((await owner.call('DELETE', `${owner.path}/sessions/${id}`)).status).toBe(204);
    expect((await technician.call('GET', '/v1/session')).code).toBe('unauthenticated');
  });

  again('shows the account’s new name in one’s own session', async () => {
    await owner.call('GET', '/v1/session');
    const name = `Harbour ${crypto.randomUUID()}`;
    expect((await owner.call('PATCH', owner.path, { body: { name } })).status).toBe(200);
    expect(await owner.call('GET', '/v1/session')).toMatchObject({ body: { account: { name } } });
  });
});
