import type { AccessEventsConnection } from './connect-access-events.ts';

const DRAIN_MS = 3_000;

/** Lets what is under way reach the server, then closes. Does not wait for a server that is away. */
export async function closeAccessEvents(connection: AccessEventsConnection): Promise<void> {
  if (connection.isClosed()) return;
  if (connection.isDraining()) {
    await connection.closed();
    return;
  }
  if (!(await drains(connection))) await connection.close();
}

/** Whether it drains in time. It fails to when the server goes, or has gone. */
async function drains(connection: AccessEventsConnection): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, DRAIN_MS, false);
  const drained = connection.drain().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([drained, late]);
  } finally {
    clearTimeout(timer);
  }
}
