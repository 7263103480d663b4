import ipaddr from 'ipaddr.js';

/**
 * Whether an address lies in one of the ranges: IPv4 or IPv6 in CIDR notation, or single addresses. An IPv4 address
 * that comes in IPv6's clothes (`::ffff:203.0.113.7`) is the IPv4 address.
 */
export function isAddressAllowed(cidrs: readonly string[], address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const client = ipaddr.process(address);
  return cidrs.some((cidr) => {
    const [network, bits] = parseRange(cidr);
    return network.kind() === client.kind() && client.match(network, bits);
  });
}

function parseRange(cidr: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (ipaddr.isValidCIDR(cidr)) return ipaddr.parseCIDR(cidr);
  const single = ipaddr.process(cidr);
  return [single, single.kind() === 'ipv4' ? 32 : 128];
}
