import { expect, it } from '@jest/globals';
import { neighbourhoodOf } from './neighbourhood-of.ts';

it.each([
  ['an IPv4 address is its /24', '203.0.113.7', '203.0.113.0'],
  ['one that came by IPv6 is the same', '::ffff:203.0.113.200', '203.0.113.0'],
  ['an IPv6 address is its /48', '2001:db8:1:2:aaaa::1', '2001:db8:1::'],
  ['nothing is unknown', undefined, 'unknown'],
  ['so is something else', 'somewhere', 'unknown'],
])('the neighbourhood of %s', (_what, address, network) => {
  expect(neighbourhoodOf(address)).toBe(network);
});
