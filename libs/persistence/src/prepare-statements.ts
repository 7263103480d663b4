import type { Pool } from 'pg';

/** Texts that are composed anew again and again (lists of parameters) must not fill the server's memory. */
const MAX_PREPARED = 500;
/** With a condition that may be left out (`$1 IS NULL OR …`) the best plan depends on what is given. */
const HAS_OPTION = /\$\d+(::[\w[\]]+)? IS NULL OR/i;
/** What selects all columns fails once a migration adds one: "cached plan must not change result type". */
const SELECTS_ALL = /\bselect\s+\*|\.\*|\breturning\s+\*/i;

/**
 * Has each connection of a pool parse and plan a statement with parameters once, instead of at each execution: most of
 * what short statements cost the server. Statements are named by their text, in the driver's own way
 * (https://node-postgres.com/features/queries#prepared-statements), so it holds for whoever queries through the pool.
 */
export function prepareStatements(pool: Pool): void {
  const names = new Map<string, string>();

  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known || names.size >= MAX_PREPARED || HAS_OPTION.test(text) || SELECTS_ALL.test(text)) return known;
    const name = `s${names.size}`;
    names.set(text, name);
    return name;
  };

  pool.on('connect', (client) => {
    const query = client.query.bind(client);
    const prepared = (text: unknown, values: unknown, ...more: unknown[]): unknown => {
      const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
      return Reflect.apply(query, undefined, name ? [{ name, text, values }, ...more] : [text, values, ...more]);
    };
    Object.assign(client, { query: prepared });
  });
}
