import type { Standing } from '@valetkey/contracts';
import { onPool } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Facts } from './facts.ts';
import * as queries from './facts.queries.ts';

/** Reads what any number of standings need in four prepared statements, without entities. */
export async function loadFacts(em: EntityManager, standings: readonly Standing[]): Promise<Facts> {
  const accountIds = standings.map(({ accountId }) => accountId);
  const unitIds = standings.flatMap(({ organizationId, holder }) => [
    ...(organizationId ? [organizationId] : []),
    ...('grant' in holder ? [holder.grant.scope.id] : []),
  ]);
  const users = standings.flatMap(({ accountId, holder }) => ('userId' in holder ? [{ accountId, ...holder }] : []));
  const pairs = [users.map(({ userId }) => userId), users.map(({ accountId }) => accountId)];
  return onPool(em, async (client) => {
    const accounts = await client.query<queries.AccountRow>({ ...queries.accountsById, values: [accountIds] });
    const units = await client.query<queries.UnitRow>({ ...queries.unitsById, values: [unitIds] });
    const held = await client.query<queries.HeldRow>({ ...queries.membershipsOfPairs, values: pairs });
    const permissions = await client.query<queries.PermissionRow>(queries.wholeCatalogue);
    return new Facts(permissions.rows, { accounts: accounts.rows, units: units.rows, held: held.rows });
  });
}
