import type { Grant } from '@valetkey/contracts';
import { whereStanding } from '../partnerships/partnership-status.queries.ts';
import type { PartnerGrant } from './partner-permissions.rules.ts';

export interface PartnerGrantRow {
  user_id: string;
  /** The client's. */
  account_id: string;
  partnership_id: string;
  provider_account_id: string;
  disabled: boolean;
  permissions: string[];
  ceiling: string[];
  user_name: string;
}

/**
 * Grants `u` of partnerships `p` that stand: both companies live, each with its module on, and the user a member of the
 * provider's. A membership in the client's account comes before any; of several partners' one that is active, then the oldest.
 */
const standing = (where: string) => `
  SELECT DISTINCT ON (u.user_id, u.client_account_id)
         u.user_id, u.client_account_id AS account_id, p.id AS partnership_id, p.provider_account_id,
         p.status = 'disabled' AS disabled, u.permissions, p.permissions AS ceiling, profile.name AS user_name
    FROM partner_users u
    JOIN partnerships p ON p.id = u.partnership_id
    JOIN accounts provider ON provider.id = p.provider_account_id
    JOIN accounts client ON client.id = u.client_account_id
    JOIN profiles profile ON profile.user_id = u.user_id
   WHERE ${where} AND p.${whereStanding}
     AND provider.deleted_at IS NULL AND 'partner' = ANY(provider.modules)
     AND client.deleted_at IS NULL AND 'client' = ANY(client.modules)
     AND EXISTS (SELECT FROM memberships m WHERE m.user_id = u.user_id AND m.account_id = p.provider_account_id)
     AND NOT EXISTS (SELECT FROM memberships m WHERE m.user_id = u.user_id AND m.account_id = u.client_account_id)
   ORDER BY u.user_id, u.client_account_id, p.status = 'disabled', u.id`;

/** At most one of each user in each account; `$1` user ids and `$2` account ids, pair by pair. */
export const partnerGrantsOfPairs = {
  name: 'access-partner-grants',
  text: standing('(u.user_id, u.client_account_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))'),
};

/** At most one in each account; `$1` a user's id. */
export const partnerGrantsOfUser = standing('u.user_id = $1');

export function partnerGrantOf(row: PartnerGrantRow): PartnerGrant {
  const { partnership_id: partnershipId, provider_account_id: providerAccountId, disabled, permissions, ceiling } = row;
  return { partnershipId, providerAccountId, disabled, permissions, ceiling };
}

/** As a role, a partner's grant holds in all of the client's account. */
export function roleOfPartner(accountId: string): Grant {
  return { scope: { type: 'account', id: accountId }, role: 'partner' };
}
