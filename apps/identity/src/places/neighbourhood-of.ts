import ipaddr from 'ipaddr.js';

const UNKNOWN = 'unknown';

/** The /24 around an IPv4 address, the /48 around an IPv6 one: who stays at home stays within it as a rule. */
export function neighbourhoodOf(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return UNKNOWN;
  const client = ipaddr.process(address);
  return client.kind() === 'ipv4'
    ? ipaddr.IPv4.networkAddressFromCIDR(`${client.toString()}/24`).toString()
    : ipaddr.IPv6.networkAddressFromCIDR(`${client.toString()}/48`).toString();
}
