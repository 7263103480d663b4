import { describe, expect, it } from '@jest/globals';
import { isAddressAllowed } from './is-address-allowed.rules.ts';

describe('A list of allowed addresses', () => {
  it.each([
    ['an IPv4 prefix', '203.0.113.0/24', '203.0.113.255'],
    ['an IPv4 prefix with host bits', '203.0.113.9/24', '203.0.113.1'],
    ['one IPv4 address', '203.0.113.7', '203.0.113.7'],
    ['every IPv4 address', '0.0.0.0/0', '198.51.100.1'],
    ['an IPv6 prefix', '2001:db8::/32', '2001:db8:ffff::1'],
    ['one IPv6 address, however it is written', '2001:db8::7', '2001:0db8:0:0:0:0:0:7'],
    ['an IPv4 client that came by IPv6', '203.0.113.0/24', '::ffff:203.0.113.7'],
    ['a mapped prefix an IPv4 client', '::ffff:203.0.113.0/120', '203.0.113.7'],
    ['a mapped address an IPv4 client', '::ffff:203.0.113.7', '203.0.113.7'],
    ['every IPv6 address', '::/0', '2001:db8::1'],
  ])('admits %s', (_what, cidr, address) => {
    expect(isAddressAllowed([cidr], address)).toBe(true);
  });

  it.each([
    ['an address beside the prefix', '203.0.113.0/25', '203.0.113.128'],
    ['an IPv6 address beside the prefix', '2001:db8::/32', '2001:db9::1'],
    ['IPv4 by an IPv6 prefix', '::/0', '203.0.113.7'],
    ['IPv6 by an IPv4 prefix', '0.0.0.0/0', '2001:db8::1'],
    ['an address that is none', '0.0.0.0/0', 'unknown'],
  ])('refuses %s', (_what, cidr, address) => {
    expect(isAddressAllowed([cidr], address)).toBe(false);
  });

  it('admits by any of its prefixes', () => {
    expect(isAddressAllowed(['198.51.100.0/24', '2001:db8::/32'], '2001:db8::1')).toBe(true);
  });

  it('that is empty admits anybody, even from an unknown address', () => {
    expect(isAddressAllowed([], 'unknown')).toBe(true);
  });
});
