import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OAuthError } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { Client } from './client.ts';
import { hostileParts } from './hostile.ts';
import { operatorOf, registerServer } from './operator.ts';
import { type Platform, startPlatform } from './start-platform.ts';

let platform: Platform;
let operator: Client;
let authorization: string;

beforeAll(async () => {
  platform = await startPlatform();
  operator = await operatorOf(platform);
  const { clientId, secret } = await registerServer(operator, 'Devices');
  authorization = `Basic ${btoa(`${clientId}:${secret}`)}`;
});
afterAll(async () => {
  await platform.stop();
});

describe('a malformed request', () => {
  const ask = (path: string, body: string | undefined, headers: Record<string, string> = {}) =>
    new Client(operator.baseUrl).call('POST', path, {
      body,
      headers: { authorization, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });

  describe.each(['/oauth/introspect', '/oauth/revoke'])('to %s', (path) => {
    it.each<[string, string, Record<string, string>, number, OAuthError['error']]>([
      ['no credentials', 'token=x', { authorization: '' }, 401, 'invalid_client'],
      ['credentials that are no base64', 'token=x', { authorization: 'Basic %%%' }, 401, 'invalid_client'],
      ['credentials without a colon', 'token=x', { authorization: `Basic ${btoa('nobody')}` }, 401, 'invalid_client'],
      [
        'unknown credentials',
        'token=x',
        { authorization: `Basic ${btoa(`${uuidv7()}:vkx_no`)}` },
        401,
        'invalid_client',
      ],
      ['a bearer', 'token=x', { authorization: 'Bearer x' }, 401, 'invalid_client'],
      ['no token', 'tok=x', {}, 400, 'invalid_request'],
      ['an empty token', 'token=', {}, 400, 'invalid_request'],
      ['a token twice', 'token=a&token=b', {}, 400, 'invalid_request'],
      ['JSON', '{"token": "x"}', { 'content-type': 'application/json' }, 415, 'invalid_request'],
      ['too much', `token=${'x'.repeat(65 * 1024)}`, {}, 413, 'invalid_request'],
    ])('%s is refused as RFC 6749 §5.2 has it', async (_what, body, headers, status, error) => {
      const answer = await ask(path, body, headers);
      expect(answer).toMatchObject({ status, body: { error } });
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      if (status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
      OAuthError.strict().parse(answer.body);
    });

    it('any token that is not ours is well-formed', async () => {
      for (const part of [...hostileParts, '%25', `vks_${'0'.repeat(49)}`]) {
        const answer = await ask(path, `token=${part}`);
        expect({ part, status: answer.status, body: answer.body }).toEqual({
          part,
          status: 200,
          body: path === '/oauth/introspect' ? { active: false } : '',
        });
      }
    });
  });

  it('an address that is none is refused, not noted', async () => {
    for (const address of ['nonsense', '1.2.3', '1.2.3.4/8', 'x'.repeat(100)]) {
      const answer = await ask('/oauth/introspect', `token=${operator.secret ?? ''}&client_address=${address}`);
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    }
  });
});
