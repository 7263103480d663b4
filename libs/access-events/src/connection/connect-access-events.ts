import { connect, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node';

/** A connection to the bus of access events. Close it with {@link closeAccessEvents}. */
export type AccessEventsConnection = NatsConnection;

export interface AccessEventsOptions {
  /** e.g. `nats://nats.internal:4222` */
  servers: string | string[];
  user: string;
  password: string;
  /** Shown in the server's list of connections. */
  name: string;
}

const DIAL_TIMEOUT_MS = 2_000;
const RECONNECT = { reconnectTimeWait: 100, reconnectJitter: 200, maxReconnectAttempts: -1 };
/** The client's defaults notice a silent cut after minutes only. */
const NOTICE_A_CUT = { pingInterval: 500, maxPingOut: 2 };

/**
 * Connects, waiting for as long as the bus is away, and reconnects for ever. A silent cut is noticed within 1.5 s.
 *
 * @throws AuthorizationError when the password is refused at the start.
 */
export async function connectAccessEvents(options: AccessEventsOptions): Promise<AccessEventsConnection> {
  const { servers, user, password, name } = options;
  const full: ConnectionOptions = {
    servers,
    user,
    pass: password,
    name,
    // Permissions go by subject: a user may read its own inbox only.
    inboxPrefix: `_INBOX.${user}`,
    waitOnFirstConnect: true,
    timeout: DIAL_TIMEOUT_MS,
    ...NOTICE_A_CUT,
    ...RECONNECT,
  };
  await (await connect(full)).close();
  // A server under pressure answers "authentication timeout", and after two of them, however far apart, the client would
  // give up for ever. The password has proved good, so it goes on.
  return connect({ ...full, ignoreAuthErrorAbort: true });
}
