import { Client, escapeIdentifier } from 'pg';

export interface DatabaseOptions {
  /** Copies this database, schema and rows, into the new one. Nobody may be connected to it meanwhile. */
  readonly template?: string;
}

export async function createDatabase(adminUrl: string, name: string, { template }: DatabaseOptions): Promise<void> {
  const from = template === undefined ? '' : ` TEMPLATE ${escapeIdentifier(template)}`;
  await execute(adminUrl, `CREATE DATABASE ${escapeIdentifier(name)}${from}`);
}

export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await execute(adminUrl, `DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end();
  }
}
