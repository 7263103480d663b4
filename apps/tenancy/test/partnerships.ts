import { setModules } from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { v7 as uuidv7 } from 'uuid';
import type { Tenancy, Tenant } from './tenancy.ts';

const operator = anyCaller({ operator: true });

/** An account with one more module on than it began with. */
export async function openCompany(tenancy: Tenancy, module: 'partner' | 'client', name: string): Promise<Tenant> {
  const company = await tenancy.openAccount(name);
  await turn(tenancy, company, module, true);
  return { ...company, owner: { ...company.owner, modules: [module] } };
}

export async function turn(
  tenancy: Tenancy,
  { accountId }: Tenant,
  module: 'partner' | 'client',
  on: boolean,
): Promise<void> {
  await tenancy.ask(setModules, { accountId, modules: { [module]: on } }, operator);
}

/** A partnership that the two have made, as its row. */
export async function makePartnership(
  tenancy: Tenancy,
  provider: Tenant,
  client: Tenant,
  ceiling: readonly string[],
): Promise<string> {
  const now = tenancy.service.clock.now();
  const id = uuidv7({ msecs: now.getTime() });
  await tenancy.sql(
    `INSERT INTO partnerships (id, provider_account_id, client_account_id, secret_hash, status, permissions, activated_at, version, revision, created_at, created_by_id, created_by_name)
     VALUES ($1, $2, $3, $4, 'active', $5, $6, 1, 1, $6, $7, 'Ada Owner')`,
    [id, provider.accountId, client.accountId, id, ceiling, now, provider.ownerId],
  );
  return id;
}

/** A user's grant of a partnership, as its row, whether or not they are a member of the provider's. */
export async function authorizeUser(
  tenancy: Tenancy,
  partnershipId: string,
  userId: string,
  permissions: readonly string[],
): Promise<void> {
  await tenancy.sql(
    `INSERT INTO partner_users (id, partnership_id, user_id, provider_account_id, client_account_id, permissions, version,
       created_at)
     SELECT $1, id, $3, provider_account_id, client_account_id, $4, 1, $5 FROM partnerships WHERE id = $2`,
    [uuidv7(), partnershipId, userId, permissions, tenancy.service.clock.now()],
  );
}
