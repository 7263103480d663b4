import type { Standing } from '@valetkey/contracts';
import { onPool } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Facts, pairOf } from './facts.ts';
import * as queries from './facts.queries.ts';
import { partnerGrantsOfPairs, type PartnerGrantRow } from './partner-grants.queries.ts';

interface Pair {
  userId: string;
  accountId: string;
}

/**
 * Reads what any number of standings need in four prepared statements, without entities; in a fifth, partners' grants, only
 * where a user is no member of the account.
 */
export async function loadFacts(em: EntityManager, standings: readonly Standing[]): Promise<Facts> {
  const accountIds = standings.map(({ accountId }) => accountId);
  const unitIds = standings.flatMap(({ organizationId, holder }) => [
    ...(organizationId ? [organizationId] : []),
    ...('grant' in holder ? [holder.grant.scope.id] : []),
  ]);
  return onPool(em, async (client) => {
    const accounts = await client.query<queries.AccountRow>({ ...queries.accountsById, values: [accountIds] });
    const units = await client.query<queries.UnitRow>({ ...queries.unitsById, values: [unitIds] });
    const members = columnsOf(standings.flatMap(membersOf));
    const held = await client.query<queries.HeldRow>({ ...queries.membershipsOfPairs, values: members });
    const strangers = columnsOf(strangersAmong(standings, held.rows));
    const partners =
      strangers[0].length > 0 && (await client.query<PartnerGrantRow>({ ...partnerGrantsOfPairs, values: strangers }));
    const permissions = await client.query<queries.PermissionRow>(queries.wholeCatalogue);
    return new Facts(permissions.rows, {
      accounts: accounts.rows,
      units: units.rows,
      held: held.rows,
      partners: partners ? partners.rows : [],
    });
  });
}

/** Whose memberships decide: the user's and, of a link session, its lender's. */
function membersOf({ accountId, holder }: Standing): Pair[] {
  if ('grant' in holder) return [];
  const { userId, lenderId } = holder;
  return [userId, ...(lenderId === undefined ? [] : [lenderId])].map((id) => ({ userId: id, accountId }));
}

/** Users without a membership where they want to stand; nobody is lent access there. */
function strangersAmong(standings: readonly Standing[], held: readonly queries.HeldRow[]): Pair[] {
  const members = new Set(held.map((row) => pairOf(row.user_id, row.account_id)));
  return standings.flatMap(({ accountId, holder }) => {
    if ('grant' in holder || holder.lenderId !== undefined) return [];
    return members.has(pairOf(holder.userId, accountId)) ? [] : [{ userId: holder.userId, accountId }];
  });
}

function columnsOf(pairs: readonly Pair[]): [string[], string[]] {
  return [pairs.map(({ userId }) => userId), pairs.map(({ accountId }) => accountId)];
}
