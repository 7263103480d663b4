import type { StreamConfig } from '@nats-io/jetstream';

const DAY_NS = 24 * 3600 * 1e9;

/** Kept 400 days: more than a year of history to replay. Parked messages wait as long for a hand. */
export const streams = {
  access: { name: 'ACCESS', subjects: ['access.v1.>'], max_age: 400 * DAY_NS, duplicate_window: 120e9 },
  dead: { name: 'ACCESS_DEAD', subjects: ['dead.v1.>'], max_age: 400 * DAY_NS, duplicate_window: 120e9 },
} as const satisfies Record<string, Partial<StreamConfig> & { name: string; subjects: string[] }>;

/** Core subject on which a service's relay says, every 500 ms, that nothing of its is unsent. */
export function heartbeatSubject(service: string): string {
  return `access.heartbeat.${service}`;
}

/** Core subject on which a replica pokes its service's leading relay, and may wait for it. */
export function flushSubject(service: string): string {
  return `outbox.${service}.flush`;
}

/** Where a durable's poison messages are parked. */
export function deadSubject(durable: string): string {
  return `dead.v1.${durable}`;
}

/** Under which a user hears what it is answered; a client not told so would listen where only others could be meant. */
export function inboxPrefix(user: string): string {
  return `_INBOX.${user}`;
}

/** Where a user's connection hears what a service answers; that service alone may publish there. */
export function replyInbox(user: string, answerer: string, connectionId: string): string {
  return `${inboxPrefix(user)}.${answerer}.${connectionId}`;
}

/** Whether a subject is somebody's inbox, where an answer moves nothing but who asked. */
export function isInbox(subject = ''): boolean {
  return subject.startsWith(inboxPrefix(''));
}
