import { accessKeyUsedFromNewPlace } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** A key that is at home in so many networks is at home everywhere: nothing is told of further ones. */
export const MAX_PLACES = 100;

/** A network that a key was used from, and the address there. */
export interface Place {
  id: string;
  address: string;
  network: string;
}

interface UsedKey {
  id: string;
  accountId: string;
  name: string;
  version: number;
}

/** Keeps places, the earliest first, and tells of those new to their key, each once. Its first one is where it lives. */
export async function keepPlaces(tx: Transaction, places: readonly Place[]): Promise<void> {
  const ids = [...new Set(places.map(({ id }) => id))];
  // Locked before it is looked what is known of them: of two batches at once the later one sees what the other kept.
  const keys = await sql<UsedKey>(
    tx.em,
    `SELECT id, account_id AS "accountId", name, version FROM access_keys WHERE id = ANY($1::uuid[])
      ORDER BY id FOR NO KEY UPDATE`,
    [ids],
  );
  for (const key of keys)
    await keepPlacesOf(
      tx,
      key,
      places.filter(({ id }) => id === key.id),
    );
}

async function keepPlacesOf(
  { em, emit, attribute }: Transaction,
  key: UsedKey,
  places: readonly Place[],
): Promise<void> {
  const { id, accountId, name } = key;
  const known = await networksOf(em, id);
  const fresh = unknownOf(places, known);
  await sql(em, 'INSERT INTO access_key_places SELECT $1::uuid, unnest($2::text[])', [
    id,
    fresh.map(({ network }) => network),
  ]);
  const told = known.size > 0 ? fresh : fresh.slice(1);
  await sql(em, 'UPDATE access_keys SET version = version + $2 WHERE id = $1', [id, told.length]);
  attribute({ actor: { type: 'access-key', id } });
  told.forEach(({ address }, place) =>
    emit(accessKeyUsedFromNewPlace, { id, accountId, sequence: key.version + place + 1, data: { name, address } }),
  );
}

async function networksOf(em: EntityManager, id: string): Promise<ReadonlySet<string>> {
  const statement = 'SELECT network FROM access_key_places WHERE access_key_id = $1';
  return new Set((await sql<{ network: string }>(em, statement, [id])).map(({ network }) => network));
}

/** Of each network that is not known the first place, as many as there is room for. */
function unknownOf(places: readonly Place[], known: ReadonlySet<string>): Place[] {
  const fresh = new Map<string, Place>();
  for (const place of places)
    if (!known.has(place.network) && !fresh.has(place.network)) fresh.set(place.network, place);
  return [...fresh.values()].slice(0, Math.max(0, MAX_PLACES - known.size));
}
