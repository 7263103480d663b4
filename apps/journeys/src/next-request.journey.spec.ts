import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, type Owner, ownerOf, person } from './client.ts';
import { lend } from './lending.ts';
import { operatorOf } from './operator.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const TIMES = 5;

let platform: Platform;
let owner: Owner;
let operator: Client;

beforeAll(async () => {
  platform = await startPlatform();
  owner = await ownerOf(platform, 'Harbour Cranes', person('ada@harbour.example'));
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

  again('shows the account’s new name in one’s own session', async () => {
    await owner.call('GET', '/v1/session');
    const name = `Harbour ${crypto.randomUUID()}`;
    expect((await owner.call('PATCH', owner.path, { body: { name } })).status).toBe(200);
    expect(await owner.call('GET', '/v1/session')).toMatchObject({ body: { account: { name } } });
  });
});
