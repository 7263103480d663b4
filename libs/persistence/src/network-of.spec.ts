import { expect, it } from '@jest/globals';
import { networkOf } from './network-of.ts';

it.each([
  ['an IPv4 client is its address', '203.0.113.7', '203.0.113.7'],
  ['an IPv4 client that came by IPv6 is the same', '::ffff:203.0.113.7', '203.0.113.7'],
  ['an IPv6 client is its /64', '2001:db8:1:2:aaaa::1', '2001:db8:1:2::'],
  ['a client without an address is unknown', undefined, 'unknown'],
  ['so is one with something else for an address', 'somewhere', 'unknown'],
])('%s', (_what, address, network) => {
  expect(networkOf(address)).toBe(network);
});
