import { within } from '../within.ts';
import type { AccessEventsConnection } from './connect-access-events.ts';

const DRAIN_MS = 3_000;

/** Lets what is under way reach the server, then closes. Does not wait for a server that is away. */
export async function closeAccessEvents(connection: AccessEventsConnection): Promise<void> {
  if (connection.isClosed()) return;
  if (connection.isDraining()) {
    await connection.closed();
    return;
  }
  if (!(await within(DRAIN_MS, connection.drain()))) await connection.close();
}
