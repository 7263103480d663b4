export {
  type Ask,
  type Asked,
  type CacheOutcome,
  EventDrivenCache,
  type EventDrivenCacheOptions,
} from './cache/event-driven-cache.ts';
export { AccessGuard, type AskedFrom, type WatchedFrom } from './guard/access-guard.ts';
export { type AccessGuardOptions, createAccessGuard } from './guard/create-access-guard.ts';
export type { EndOfAccess } from './guard/watch.ts';
export { type GuardTime, systemTime } from './guard-time.ts';
export type { ActiveIntrospection, Actor, Introspection } from './introspection/introspection.ts';
export { IntrospectionFailedError } from './introspection/introspection-failed.error.ts';
export { isAddressAllowed } from './is-address-allowed.ts';
export { LiveTrust, type LiveTrustOptions, type Trustee } from './trust/live-trust.ts';
export { NO_ACCOUNT, touchedTags } from './trust/touched-tags.ts';
