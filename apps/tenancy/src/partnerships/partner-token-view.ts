import type { PartnerToken } from '@valetkey/contracts';
import { timeOf } from '@valetkey/persistence';
import type { PartnershipRow } from './partnership-rows.ts';
import { shownStatus, stands } from './partnership-status.rules.ts';

/** A partnership as its provider sees it. */
export function partnerTokenView(row: PartnershipRow, now: Date): PartnerToken {
  const { id, clientAccountId, clientAccountName, clientName, permissions } = row;
  const expiresAt = row.expiresAt === null ? null : timeOf(row.expiresAt);
  const client = clientAccountId !== null && clientAccountName !== null;
  return {
    id,
    status: shownStatus({ status: row.status, expiresAt }, now),
    ...(client && { client: { id: clientAccountId, name: clientAccountName } }),
    ...(clientName !== null && { clientName }),
    permissions,
    users: stands(row.status) ? row.users : 0,
    createdAt: timeOf(row.createdAt).toISOString(),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
  };
}

export function partnerTokenRevision(row: PartnershipRow, now: Date): PartnerToken & { revision: number } {
  return { ...partnerTokenView(row, now), revision: row.revision };
}
