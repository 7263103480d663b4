import type { InputOf, listResourceServers } from '@valetkey/contracts';
import { sql, timeOf } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

interface Row {
  id: string;
  name: string;
  created_at: string;
}

/** Those whose name has the query in it, newest first: one more than the limit, if there are. */
export async function findResourceServers(
  em: EntityManager,
  { query, cursor, limit }: InputOf<typeof listResourceServers>,
): Promise<{ id: string; name: string; createdAt: Date }[]> {
  const rows = await sql<Row>(
    em,
    `SELECT id, name, created_at FROM resource_servers
      WHERE ($1::text IS NULL OR strpos(lower(name), lower($1)) > 0)
        AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [query ?? null, cursor ?? null, limit + 1],
  );
  return rows.map(({ id, name, created_at }) => ({ id, name, createdAt: timeOf(created_at) }));
}
