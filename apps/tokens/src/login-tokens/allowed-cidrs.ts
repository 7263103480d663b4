import ipaddr from 'ipaddr.js';

/** Whether an address lies in one of these prefixes, or there is none. An IPv4-mapped IPv6 address counts as IPv4. */
export function isAddressAllowed(allowedCidrs: readonly string[], address: string): boolean {
  if (allowedCidrs.length === 0) return true;
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return allowedCidrs.some((cidr) => {
    const [range, bits] = cidr.includes('/') ? ipaddr.parseCIDR(cidr) : wholeAddress(cidr);
    return parsed.kind() === range.kind() && parsed.match(range, bits);
  });
}

function wholeAddress(address: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const parsed = ipaddr.process(address);
  return [parsed, parsed.kind() === 'ipv4' ? 32 : 128];
}
