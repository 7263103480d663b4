import { isIP, isIPv4 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';

/** What Fastify and the socket say. */
interface Told {
  /** Any text, of who is not a trusted proxy. */
  ip: FastifyRequest['ip'];
  socket: Pick<FastifyRequest['socket'], 'remoteAddress'>;
}

/** For a connection that is gone, whose answer nobody hears: the unspecified address (RFC 1122 §3.2.1.3). */
const NOWHERE = '0.0.0.0';

/**
 * The client's address: what the nearest hop that is no trusted proxy was called, if that is an address, else the
 * socket's. Always an IP address and always in one spelling, for it is kept in sessions and counted by throttles: IPv4
 * also where it came as IPv6 (RFC 4291 §2.5.5.2), IPv6 as RFC 5952 writes it, without port, brackets or zone.
 */
export function clientAddress({ ip, socket }: Told): string {
  return addressIn(ip) ?? addressIn(socket.remoteAddress) ?? NOWHERE;
}

/** Some proxies write the port beside the address. */
function addressIn(text: string | undefined): string | undefined {
  if (text === undefined || isIPv4(text)) return text;
  const host = /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const [address = ''] = host.split('%');
  return isIP(address) === 0 ? undefined : ipaddr.process(address).toString();
}
