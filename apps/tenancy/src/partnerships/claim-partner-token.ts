import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { findPartnerships, type PartnershipRow } from './partnership-rows.ts';

/** A partner token that a client may take up; `$1` the hash of its secret, `$2` the time. */
const offered = `p.secret_hash = $1 AND p.status = 'pending' AND p.expires_at > $2 AND EXISTS (
  SELECT FROM accounts a WHERE a.id = p.provider_account_id AND a.deleted_at IS NULL AND 'partner' = ANY(a.modules))`;

/** Nothing when it is unknown, lapsed, spent or withdrawn, or its provider may not have partners. */
export async function findOffer({ em, now }: Transaction, secretHash: string): Promise<PartnershipRow | undefined> {
  return (await findPartnerships(em, { where: offered, values: [secretHash, now] }))[0];
}

interface Claim {
  secretHash: string;
  clientAccountId: string;
  permissions: readonly string[];
}

/** The partnership that comes of it; of any number of clients that claim a token at once, one has it. */
export async function claimPartnerToken(
  { em, now }: Transaction,
  { secretHash, clientAccountId, permissions }: Claim,
): Promise<PartnershipRow | undefined> {
  const claimed = await sql<{ id: string }>(
    em,
    `UPDATE partnerships p SET client_account_id = $3, permissions = $4, status = 'active', activated_at = $2,
       expires_at = NULL, version = version + 2, revision = revision + 1 WHERE ${offered} RETURNING p.id`,
    [secretHash, now, clientAccountId, permissions],
  );
  return (await findPartnerships(em, { where: 'p.id = ANY($1::uuid[])', values: [claimed.map(({ id }) => id)] }))[0];
}
