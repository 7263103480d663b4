import ipaddr from 'ipaddr.js';

const UNKNOWN = 'unknown';
/** The least that a client is assigned of IPv6 (RFC 6177 §2): all of it counts as one client. */
const IPV6_PREFIX = 64;

/** By which a client's tries are counted: an IPv4 address, or the /64 around an IPv6 one. */
export function networkOf(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return UNKNOWN;
  const client = ipaddr.process(address);
  if (client.kind() === 'ipv4') return client.toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${client.toString()}/${IPV6_PREFIX}`).toString();
}
