/**
 * What another team writes with the publishable packages. It runs nowhere: `npm run typecheck` compiles it outside the
 * workspace. Where a type had become `any`, an expected error would be missing.
 */
import {
  byType,
  closeAccessEvents,
  connectAccessEvents,
  followLive,
  memoryInbox,
  on,
  once,
  subscribe,
} from '@valetkey/access-events';
import { durableConfig } from '@valetkey/access-events/durable-config';
import { makeAccessEvent } from '@valetkey/access-events/testing';
import { createAccessGuard, EventDrivenCache, isAddressAllowed, LiveTrust } from '@valetkey/access-guard';
import { GatewayStandIn, ManualTime } from '@valetkey/access-guard/testing';
import { sessionEnded } from '@valetkey/contracts';

export async function permissionsOf(bearer: string, clientAddress: string): Promise<readonly string[]> {
  const connection = await connectAccessEvents({ servers: 'nats://nats:4222', user: 'u', password: 'p', name: 'n' });
  const guard = createAccessGuard({ connection, gatewayUrl: 'http://gateway', clientId: 'c', clientSecret: 's' });
  const access = await guard.verify(bearer, { clientAddress });
  await closeAccessEvents(connection);
  // @ts-expect-error -- whether it is active is no permission
  if (!access.active) return [access.active];
  return access.scope.split(' ');
}

export const handle = once(
  memoryInbox(),
  byType(
    on(sessionEnded, async ({ subject, data }, tx) => {
      tx.add(subject);
      tx.add(data.reason);
      // @ts-expect-error -- what is claimed are ids
      tx.add(data.reason.length);
    }),
  ),
);

// @ts-expect-error -- an address is no list
isAddressAllowed(['203.0.113.0/24'], ['203.0.113.7']);

export {
  durableConfig,
  EventDrivenCache,
  followLive,
  GatewayStandIn,
  LiveTrust,
  makeAccessEvent,
  ManualTime,
  subscribe,
};
