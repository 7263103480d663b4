import type { Pool, PoolClient } from 'pg';

/**
 * Gives a pool back the places of connections that end while they are lent. The ORM's transactions never release one on
 * which COMMIT or ROLLBACK fails (Kysely 0.29, `ControlledTransaction`), and both do when the server has gone: once that
 * has befallen as many as the pool may open, everybody would wait for a connection for ever.
 */
export function releaseEnded(pool: Pool): void {
  const lent = new WeakSet<PoolClient>();
  pool.on('acquire', (client) => lent.add(client));
  pool.on('release', (_error, client) => lent.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      if (!lent.has(client)) return;
      client.release(true);
      // Its holder may do so too, and is not to be told that it is late.
      client.release = () => undefined;
    });
  });
}
