import { describe, expect, it } from '@jest/globals';
import { isAddressAllowed } from './is-address-allowed.ts';

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
