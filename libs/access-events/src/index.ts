export { type AccessEvent, type AccessEventOf, decodeAccessEvent } from './access-event.ts';
export { closeAccessEvents } from './connection/close-access-events.ts';
export {
  type AccessEventsConnection,
  type AccessEventsOptions,
  connectAccessEvents,
} from './connection/connect-access-events.ts';
export type { BatchHandler, Handled } from './durable/batch-handler.ts';
export { durableConfig, type DurableOptions, type StartPosition } from './durable/durable-config.ts';
export type { ParkedEvent } from './durable/parking.ts';
export { type AccessSubscription, RETRY_DELAYS_MS, subscribe, type SubscribeOptions } from './durable/subscribe.ts';
export type { FailedEvent, SubscriberObserver } from './durable/subscriber-observer.ts';
export { byType } from './handlers/by-type.ts';
export { memoryInbox, type MemoryTransaction } from './handlers/memory-inbox.ts';
export { type EventRoute, on } from './handlers/on.ts';
export { type Inbox, once } from './handlers/once.ts';
export { followLive, type LiveFeed } from './live/follow-live.ts';
export type { LiveListener } from './live/live-listener.ts';
export { ACCESS_STREAM, ACCESS_SUBJECTS, deadSubject, HEARTBEAT_SUBJECTS } from './names.ts';
export { UndecodableEventError } from './undecodable-event.error.ts';
