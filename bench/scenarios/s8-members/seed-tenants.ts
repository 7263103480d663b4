import { withClient } from '../../harness/with-client.ts';
import type { Platform } from '../../platform/platform.ts';
import { tenantStatements } from './tenant.statements.ts';

export interface Tenant {
  accountId: string;
  /** Of its organizations, users, memberships and invitations each. */
  size: number;
  /** Of the addresses of its users. */
  domain: string;
}

const ACCOUNT = `
  INSERT INTO accounts (id, name, modules, version, revision, created_at)
  VALUES ($1, $2, ARRAY['login_tokens'], 1, 1, now()) ON CONFLICT (id) DO NOTHING`;

/** Fills accounts, those that nobody has opened too, by what is in tenancy's database. */
export async function seedTenants({ tenancyDatabaseUrl }: Platform, tenants: Tenant[]): Promise<void> {
  await withClient(tenancyDatabaseUrl, async (client) => {
    for (const { accountId, size, domain } of tenants) {
      await client.query(ACCOUNT, [accountId, domain]);
      for (const statement of tenantStatements) await client.query(statement, [accountId, size, domain]);
    }
    await client.query('VACUUM (ANALYZE)');
    // So that none comes amid the measurement.
    await client.query('CHECKPOINT');
  });
}
