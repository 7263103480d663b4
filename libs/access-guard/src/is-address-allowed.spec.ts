import { describe, expect, it } from '@jest/globals';
import { isAddressAllowed } from './is-address-allowed.ts';

/** As sockets name an IPv4 client, the second where they listen on IPv6 (RFC 4291 §2.5.5.2). */
const notations = (address: string) => [address, `::ffff:${address}`, mapped(address)];

/** The same once more, in hexadecimal. */
function mapped(address: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  return `::ffff:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

describe('An address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.0/24'],
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.0/24'],
    ['2001:db8:1::5', '2001:db8:1::/48'],
    ['2001:db8::5', '2001:db8::5'],
  ])('%s lies in %s', (address, cidr) => {
    expect(isAddressAllowed(['198.51.100.0/24', cidr], address)).toBe(true);
  });

  it.each([
    ['203.0.114.7', '203.0.113.0/24'],
    ['203.0.113.8', '203.0.113.7'],
    ['2001:db8:2::5', '2001:db8:1::/48'],
    ['2001:db8:1::5', '0.0.0.0/0'],
    ['203.0.113.7', '::/0'],
    ['not an address', '0.0.0.0/0'],
    ['', '0.0.0.0/0'],
  ])('%s lies outside %s', (address, cidr) => {
    expect(isAddressAllowed([cidr], address)).toBe(false);
  });
});

describe.each(notations('203.0.113.7'))('An IPv4 client that comes as %s', (address) => {
  it.each([
    ...notations('203.0.113.0')
      .slice(1)
      .map((network) => `${network}/120`),
    '::ffff:203.0.113.7/128',
    ...notations('203.0.113.7'),
    '203.0.113.0/24',
    '::ffff:0:0/96',
  ])('lies in %s', (cidr) => {
    expect(isAddressAllowed([cidr], address)).toBe(true);
  });

  it.each(['::ffff:203.0.112.0/120', '::ffff:203.0.113.8/126', '::ffff:203.0.113.8', '::/95', '::/0', '2001:db8::/32'])(
    'lies outside %s',
    (cidr) => {
      expect(isAddressAllowed([cidr], address)).toBe(false);
    },
  );
});
