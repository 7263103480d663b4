import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newTestDatabase } from '@valetkey/testing';
import { Pool } from 'pg';
import { prepareStatements } from './prepare-statements.ts';

let pool: Pool;

beforeEach(async () => {
  pool = new Pool({ connectionString: await newTestDatabase(), max: 1 });
  prepareStatements(pool);
});
afterEach(() => pool.end());

/** What the pool's one connection has prepared, and how often it has run without being planned anew. */
async function prepared(): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ statement: string; plans: number }>(
    'SELECT statement, (generic_plans + custom_plans)::int AS plans FROM pg_prepared_statements',
  );
  return Object.fromEntries(rows.map(({ statement, plans }) => [statement, plans]));
}

async function times(count: number, text: string, values: unknown[]): Promise<void> {
  for (let done = 0; done < count; done += 1) await pool.query(text, values);
}

describe('A statement with parameters', () => {
  it('is prepared once for a connection and run from there', async () => {
    await times(3, 'SELECT $1::int + 1 AS sum', [1]);
    expect(await prepared()).toEqual({ 'SELECT $1::int + 1 AS sum': 3 });
  });

  it('answers as one that is not prepared, failures too', async () => {
    const { rows } = await pool.query('SELECT $1::int + 1 AS sum', [1]);
    expect(rows).toEqual([{ sum: 2 }]);
    const division = (by: number) => pool.query('SELECT 1 / $1::int AS quotient', [by]);
    await expect(division(0)).rejects.toThrow('division by zero');
    expect((await division(1)).rows).toEqual([{ quotient: 1 }]);
    await expect(pool.query('SELECT nothing FROM nowhere WHERE id = $1', [1])).rejects.toThrow('nowhere');
  });

  it('is not prepared if it selects all columns, so that a migration may add one while it is in use', async () => {
    await pool.query('CREATE TABLE places (id int)');
    const all = ['SELECT * FROM places WHERE id = $1', 'SELECT p.* FROM places p WHERE id = $1'];
    for (const text of all) await times(6, text, [1]);
    await pool.query('ALTER TABLE places ADD COLUMN name text');
    for (const text of all) await times(1, text, [1]);
    expect(await prepared()).toEqual({});
  });

  it('is not prepared if a condition may be left out, since one plan would not do for both', async () => {
    await times(1, 'SELECT 1 WHERE ($1::int IS NULL OR $1 > 0) AND $2 = 2', [null, 2]);
    expect(await prepared()).toEqual({});
  });

  it('goes on after a migration added a column that it does not name', async () => {
    await pool.query('CREATE TABLE places (id int)');
    await times(6, 'SELECT id FROM places WHERE id = $1', [1]);
    await pool.query('ALTER TABLE places ADD COLUMN name text');
    await times(1, 'SELECT id FROM places WHERE id = $1', [1]);
    expect(await prepared()).toEqual({ 'SELECT id FROM places WHERE id = $1': 7 });
  });

  it('is one of a bounded number: those with ever new texts are run unprepared', async () => {
    for (let number = 0; number < 501; number += 1) await pool.query(`SELECT $1::int + ${number}`, [1]);
    expect(Object.keys(await prepared())).toHaveLength(500);
  });
});

describe('A statement without parameters', () => {
  it('is not prepared', async () => {
    await times(2, 'SELECT 1', []);
    await pool.query('SELECT 2');
    expect(await prepared()).toEqual({});
  });
});
