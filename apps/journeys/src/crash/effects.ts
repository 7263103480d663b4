import { closeAccessEvents, connectAccessEvents, once, subscribe } from '@valetkey/access-events';
import { testPassword } from '@valetkey/testing';
import { isDatabaseAway } from '@valetkey/persistence';
import { Pool, type PoolClient } from 'pg';
import { z } from 'zod';
import type { Processes } from './start-processes.ts';
import { query } from './trails.ts';

/** A subscriber of another team: notes each event that it handles, in a database of its own. */
export interface Effects {
  /** The ids of the events that have had their effect, each as often as it had. */
  all(): Promise<string[]>;
  stop(): Promise<void>;
}

export async function startEffects({ servers }: Processes): Promise<Effects> {
  const url = await servers.database('reader');
  const pool = new Pool({ connectionString: url });
  pool.on('connect', (client) => client.on('error', () => undefined)); // the query under way tells it too
  pool.on('error', () => undefined);
  await pool.query('CREATE TABLE inbox (id uuid PRIMARY KEY); CREATE TABLE effects (id uuid)');
  const user = 'reader';
  const options = { servers: servers.bus.nats.url, user, password: testPassword(user), name: user };
  const connection = await connectAccessEvents(options);
  const subscription = subscribe({
    connection,
    durable: 'reader',
    handle: once(inboxIn(pool), async (events, client) => {
      await client.query('INSERT INTO effects SELECT unnest($1::uuid[])', [events.map(({ id }) => id)]);
    }),
    // Its database is killed too.
    isOutage: isDatabaseAway,
  });
  return {
    all: async () => (await query(url, z.object({ id: z.string() }), 'SELECT id FROM effects')).map(({ id }) => id),
    stop: async () => {
      await subscription.stop();
      await closeAccessEvents(connection);
      await pool.end();
    },
  };
}

function inboxIn(pool: Pool) {
  return {
    async transaction<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const result = await work(client);
        await client.query('COMMIT');
        client.release();
        return result;
      } catch (error) {
        client.release(true);
        throw error;
      }
    },
    async claim(client: PoolClient, ids: readonly string[]): Promise<ReadonlySet<string>> {
      const text = 'INSERT INTO inbox SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING RETURNING id';
      const { rows } = await client.query<{ id: string }>(text, [ids]);
      return new Set(rows.map(({ id }) => id));
    },
  };
}
