import { describe, expect, it } from '@jest/globals';
import { codeAt } from '../../test/authenticator.ts';
import { codeByOathtool, isHere } from '../../test/outside-tools.ts';
import { newTotpSecret, otpauthUri, stepOf } from './totp.ts';

const now = new Date('2026-03-01T12:00:00Z');
const step = now.getTime() / 30_000;
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);

const tools = [
  { name: 'otpauth', code: codeAt },
  ...(isHere('oathtool') ? [{ name: 'oathtool', code: codeByOathtool }] : []),
];

describe.each(tools)('a code by $name', ({ code }) => {
  const secret = newTotpSecret();

  it.each([
    [-30, step - 1],
    [0, step],
    [29, step],
    [30, step + 1],
  ])('of %i seconds from now is of its step', async (seconds, expected) => {
    expect(await stepOf(code(secret, after(seconds)), secret, now)).toBe(expected);
  });

  it.each([-31, -60, 60, 3600])('of %i seconds from now is not accepted', async (seconds) => {
    expect(await stepOf(code(secret, after(seconds)), secret, now)).toBeUndefined();
  });

  it('of another secret is not accepted', async () => {
    expect(await stepOf(code(newTotpSecret(), now), secret, now)).toBeUndefined();
  });
});

it('is computed as RFC 6238 Appendix B has it', async () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  expect(await stepOf('287082', secret, new Date(59_000))).toBe(1);
  expect(await stepOf('081804', secret, new Date(1_111_111_109_000))).toBe(0x23523ec);
});

it('tells an authenticator whose it is', () => {
  const uri = new URL(otpauthUri('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', 'ada+phone@example.com'));
  expect(`${uri.protocol}//${uri.host}`).toBe('otpauth://totp');
  expect(decodeURIComponent(uri.pathname)).toBe('/Valetkey:ada+phone@example.com');
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({
    issuer: 'Valetkey',
    secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  });
});
