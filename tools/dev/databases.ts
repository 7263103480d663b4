import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { passwordOf, type Secrets } from './secrets.ts';

/** The services that have a database. */
export const databaseOwners = ['identity', 'tenancy', 'tokens', 'notifications', 'audit'] as const;

/** A service's database, and the role that owns this database and may enter no other. */
export const databaseOf = (service: string) => `valetkey_${service}`;

/** Makes the databases and roles that are missing, and sets the roles' passwords. */
export async function makeDatabases(adminUrl: string, passwords: Secrets['databases']): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    for (const service of databaseOwners)
      await makeDatabase(admin, databaseOf(service), passwordOf(passwords, service));
  } finally {
    await admin.end();
  }
}

async function makeDatabase(admin: Client, name: string, password: string): Promise<void> {
  const role = escapeIdentifier(name);
  if (!(await exists(admin, 'SELECT 1 FROM pg_roles WHERE rolname = $1', name))) {
    await admin.query(`CREATE ROLE ${role} LOGIN`);
  }
  await admin.query(`ALTER ROLE ${role} PASSWORD ${escapeLiteral(password)}`);
  if (await exists(admin, 'SELECT 1 FROM pg_database WHERE datname = $1', name)) return;
  await admin.query(`CREATE DATABASE ${role} OWNER ${role}`);
  await admin.query(`REVOKE ALL ON DATABASE ${role} FROM PUBLIC`);
}

async function exists(admin: Client, sql: string, name: string): Promise<boolean> {
  return (await admin.query(sql, [name])).rowCount === 1;
}
