import ipaddr from 'ipaddr.js';

type Range = [network: ipaddr.IPv4 | ipaddr.IPv6, bits: number];

/** The bits of an IPv6 address that say that the rest of it is an IPv4 address (RFC 4291 §2.5.5.2). */
const MAPPED_BITS = 96;

/**
 * Whether an address lies in one of the ranges: IPv4 or IPv6 in CIDR notation, or single addresses. What comes in IPv6's
 * clothes is IPv4, on either side: `::ffff:203.0.113.7` is `203.0.113.7`, and `::ffff:203.0.113.0/120` is
 * `203.0.113.0/24`.
 */
export function isAddressAllowed(cidrs: readonly string[], address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const client = ipaddr.process(address);
  return cidrs.some((cidr) => {
    const [network, bits] = parseRange(cidr);
    return network.kind() === client.kind() && client.match(network, bits);
  });
}

function parseRange(cidr: string): Range {
  if (ipaddr.isValidCIDR(cidr)) return unmapped(ipaddr.parseCIDR(cidr));
  const single = ipaddr.process(cidr);
  return [single, single.kind() === 'ipv4' ? 32 : 128];
}

function unmapped([network, bits]: Range): Range {
  const isMapped = network instanceof ipaddr.IPv6 && network.isIPv4MappedAddress() && bits >= MAPPED_BITS;
  return isMapped ? [network.toIPv4Address(), bits - MAPPED_BITS] : [network, bits];
}
