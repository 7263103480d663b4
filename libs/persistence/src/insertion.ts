import type { EntityManager, EntityName } from '@mikro-orm/postgresql';
import type { SqlValue } from './sql.ts';

/** A statement with its parameters. */
export interface Insertion {
  text: string;
  values: SqlValue[];
}

/**
 * The statement that inserts one row of an entity, named by its properties, its parameters numbered from `from` on. The
 * ORM's own insert writes the values into the text, which the server then parses and plans each time.
 */
export function insertionOf<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  row: Readonly<Record<string, SqlValue>>,
  from = 1,
): Insertion {
  const { tableName, properties } = em.getMetadata().get<Entity>(entity);
  const columns = Object.entries<{ fieldNames: string[] }>(properties).flatMap(([name, { fieldNames }]) =>
    name in row ? [{ name: fieldNames[0], value: row[name] ?? null }] : [],
  );
  const names = columns.map(({ name }) => name).join(', ');
  const places = columns.map((_, place) => `$${from + place}`).join(', ');
  return {
    text: `INSERT INTO ${tableName} (${names}) VALUES (${places})`,
    values: columns.map(({ value }) => value),
  };
}
