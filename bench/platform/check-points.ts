import { send } from '../harness/send.ts';
import { introspect } from './introspect.ts';
import type { Platform } from './platform.ts';

/** One process that decides by itself whether a session is still good. */
export interface CheckPoint {
  name: string;
  accepts(secret: string): Promise<boolean>;
}

/** Every gateway, and the internal service that keeps what a gateway answered until an event touches it. */
export function checkPoints({ gateways, subscriber, resourceServer }: Platform): CheckPoint[] {
  const ofGateway = (gateway: string, index: number): CheckPoint => ({
    name: `gateway ${index + 1}`,
    accepts: async (secret) => (await introspect(gateway, resourceServer, secret)).active,
  });
  return [...gateways.map(ofGateway), { name: 'subscriber', accepts: (secret) => mayListDevices(subscriber, secret) }];
}

async function mayListDevices(subscriber: string, secret: string): Promise<boolean> {
  const headers = { Authorization: `Bearer ${secret}`, Accept: 'application/json' };
  const { status, body } = await send(subscriber, { method: 'GET', path: '/devices', headers });
  if (status === 200) return true;
  if (status === 401) return false;
  throw new Error(`The subscriber answered ${status} ${body}`);
}
