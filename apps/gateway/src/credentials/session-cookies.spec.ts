import { describe, expect, it } from '@jest/globals';
import { SessionCookies } from './session-cookies.ts';

const [alone, shared] = [new SessionCookies({}), new SessionCookies({ COOKIE_DOMAIN: 'valetkey.example' })];
const input = { token: 'vkl_…' };

describe('Signing in by cookie', () => {
  it('asks for a forwarded session where a domain shares its cookie', () => {
    expect(shared.asked({ ...input, cookie: true })).toEqual({ ...input, cookie: true });
  });

  it('asks for none where nobody could take it', () => {
    expect(alone.asked({ ...input, cookie: true })).toEqual({ ...input, cookie: false });
  });

  it.each([{}, { cookie: false }, { cookie: 'yes' }])('leaves %j to whoever judges it', (more) => {
    for (const cookies of [alone, shared]) expect(cookies.asked({ ...input, ...more })).toEqual({ ...input, ...more });
  });
});
