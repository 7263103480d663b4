import { type AccessEventsConnection, followLive } from '@valetkey/access-events';
import type { CacheOutcome } from '../cache/event-driven-cache.ts';
import type { GuardTime } from '../guard-time.ts';
import { Introspector, type IntrospectorOptions } from '../introspection/introspector.ts';
import { LiveTrust } from '../trust/live-trust.ts';
import { AccessGuard } from './access-guard.ts';

export interface AccessGuardOptions extends IntrospectorOptions {
  /** Of `connectAccessEvents`. The guard does not close it. */
  connection: AccessEventsConnection;
  /** Answers kept at most; 100,000 by default. */
  limit?: number;
  observe?: (outcome: CacheOutcome) => void;
  time?: GuardTime;
}

/** A guard that asks the gateway, and follows the events of a connection. */
export function createAccessGuard({ connection, limit, observe, time, ...gateway }: AccessGuardOptions): AccessGuard {
  const trust = new LiveTrust({ time });
  const introspector = new Introspector(gateway);
  return new AccessGuard({ trust, introspector, feed: followLive(connection, trust), limit, observe, time });
}
