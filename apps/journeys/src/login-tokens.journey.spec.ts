import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Client, type Owner, ownerOf, person } from './client.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const Shown = z.object({ loginToken: z.object({ id: z.string(), status: z.string() }), secret: z.string() });

let platform: Platform;
let owner: Client & Owner;

beforeAll(async () => {
  platform = await startPlatform();
  owner = await ownerOf(platform, 'Harbour Cranes', person('ada@harbour.example'));
});
afterAll(async () => {
  await platform.stop();
});

async function makeToken(fields: object) {
  const answer = await owner.call('POST', `${owner.path}/login-tokens`, { body: fields });
  expect(answer.status).toBe(201);
  const { loginToken, secret } = Shown.parse(answer.body);
  return { ...loginToken, secret };
}

async function statusOf(id: string): Promise<unknown> {
  const { body } = await owner.call('GET', `${owner.path}/login-tokens/${id}`);
  return z.object({ status: z.string() }).parse(body).status;
}

describe('a technician visits with a one-time token', () => {
  it('is ready, in use while the session lives, used after signing out, and never revives', async () => {
    const token = await makeToken({ name: 'Service visit', type: 'one_time' });
    expect(token.status).toBe('ready');
    const technician = await owner.redeem(token.secret);
    expect(await statusOf(token.id)).toBe('in_use');

    expect(await technician.call('GET', '/v1/session')).toMatchObject({
      status: 200,
      body: { kind: 'login_token', subject: { type: 'login-token', id: token.id }, role: 'manager' },
    });
    expect(await technician.call('GET', `${owner.path}/members`)).toMatchObject({ status: 403, code: 'portal_only' });
    const stranger = await new Client(owner.baseUrl).call('POST', '/v1/sessions/login-token', { body: { token: token.secret } });
    expect(stranger).toMatchObject({ status: 401, code: 'invalid_token' });

    expect((await technician.call('DELETE', '/v1/session')).status).toBe(204);
    expect((await technician.call('GET', '/v1/session')).status).toBe(401);
    expect(await statusOf(token.id)).toBe('used');
  });
});
