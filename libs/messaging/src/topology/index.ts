export { deadSubject, flushSubject, heartbeatSubject, inboxPrefix, replyInbox, streams } from './names.ts';
export { natsServerConfig } from './nats-server-config.ts';
export type { NatsUser } from './nats-server-config.ts';
export { platformUsers } from './platform-users.ts';
export type { Subscriber } from './platform-users.ts';
export { rightsOf } from './rights.ts';
export type { Rights, UserRole } from './rights.ts';
export { durablesOf, platformDurables, setUpBus } from './set-up-bus.ts';
