import type { Tenancy } from './tenancy.ts';

/** Every table that has rows of an account: that of accounts, and whichever names them by column. */
export async function tablesWith(tenancy: Tenancy, accountId: string): Promise<string[]> {
  const tables = await tablesOfAccounts(tenancy);
  const found: string[] = [];
  for (const { table, column } of tables)
    if ((await tenancy.sql(`SELECT 1 FROM ${table} WHERE ${column} = $1`, [accountId])).length > 0) found.push(table);
  return found;
}

async function tablesOfAccounts(tenancy: Tenancy): Promise<{ table: string; column: string }[]> {
  const naming = await tenancy.sql(
    `SELECT table_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'account_id' ORDER BY table_name`,
  );
  return [
    { table: 'accounts', column: 'id' },
    ...naming.map(({ name }) => ({ table: String(name), column: 'account_id' })),
  ];
}
