import { escapeIdentifier, escapeLiteral } from 'pg';
import { databaseOf, databaseOwners } from '../dev/databases.ts';
import { passwordOf, type Secrets } from '../dev/secrets.ts';

/** What the image of PostgreSQL runs on an empty volume: a database and a role for each service, closed to the others. */
export function databasesSql(passwords: Secrets['databases']): string {
  return databaseOwners.map((service) => databaseSql(databaseOf(service), passwordOf(passwords, service))).join('\n');
}

function databaseSql(name: string, password: string): string {
  const role = escapeIdentifier(name);
  return `CREATE ROLE ${role} LOGIN PASSWORD ${escapeLiteral(password)};
CREATE DATABASE ${role} OWNER ${role};
REVOKE ALL ON DATABASE ${role} FROM PUBLIC;
`;
}
