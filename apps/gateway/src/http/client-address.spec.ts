import { isIP } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clientAddress } from './client-address.ts';

const addressOf = (ip: string, remoteAddress: string | undefined = '192.0.2.1') =>
  clientAddress({ ip, socket: { remoteAddress } });

describe('The address of a client', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['203.0.113.9:5678', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:cb00:7109', '203.0.113.9'],
    ['[::ffff:203.0.113.9]:443', '203.0.113.9'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:0DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    [`fe80::1%${'a'.repeat(100)}`, 'fe80::1'],
  ])('%s is %s', (told, address) => {
    expect(addressOf(told)).toBe(address);
  });

  it.each([
    '',
    'not-an-ip',
    'unknown',
    'a'.repeat(100),
    '999.1.1.1',
    '010.1.1.1',
    '1',
    '203.0.113.9:x',
    '[203',
    '%eth0',
  ])('that is told as %j is the socket’s', (told) => {
    expect(addressOf(told)).toBe('192.0.2.1');
    expect(addressOf(told, '::ffff:192.0.2.7')).toBe('192.0.2.7');
  });

  it('is an address, whatever is told', () => {
    const told = fc.oneof(
      fc.string(),
      fc.ipV4(),
      fc.ipV6(),
      fc.tuple(fc.ipV6(), fc.string()).map(([address, rest]) => `[${address}]${rest}`),
      fc.tuple(fc.ipV6(), fc.string()).map(([address, zone]) => `${address}%${zone}`),
      fc.tuple(fc.ipV4Extended(), fc.nat()).map(([address, port]) => `${address}:${port}`),
    );
    fc.assert(
      fc.property(told, fc.option(fc.oneof(fc.ipV4(), fc.ipV6()), { nil: undefined }), (ip, remoteAddress) => {
        const address = clientAddress({ ip, socket: { remoteAddress } });
        expect(isIP(address)).toBeGreaterThan(0);
        expect(address.length).toBeLessThan(46);
        expect(addressOf(address)).toBe(address);
      }),
      { numRuns: 2_000 },
    );
  });
});
