import ipaddr from 'ipaddr.js';

type Prefix = [ipaddr.IPv4 | ipaddr.IPv6, number];

const IPV4_BITS = 32;
const IPV6_BITS = 128;
/** An IPv4 address stands in the last bits of its mapped IPv6 one (RFC 4291 §2.5.5.2). */
const MAPPED_BITS = IPV6_BITS - IPV4_BITS;

/** Whether an address lies in one of these prefixes, or there is none. What is IPv4-mapped counts as IPv4. */
export function isAddressAllowed(allowedCidrs: readonly string[], address: string): boolean {
  if (allowedCidrs.length === 0) return true;
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return allowedCidrs.some((cidr) => {
    const [range, bits] = parsePrefix(cidr);
    return parsed.kind() === range.kind() && parsed.match(range, bits);
  });
}

function parsePrefix(cidr: string): Prefix {
  const [address = '', length] = cidr.split('/');
  const given = ipaddr.parse(address);
  const bits = length === undefined ? IPV6_BITS : Number(length);
  if (given.kind() === 'ipv4') return [given, Math.min(bits, IPV4_BITS)];
  const plain = ipaddr.process(address);
  return plain.kind() === 'ipv4' && bits >= MAPPED_BITS ? [plain, bits - MAPPED_BITS] : [given, bits];
}
