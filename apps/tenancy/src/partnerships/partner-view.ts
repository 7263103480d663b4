import { type Partner, PartnerStatus } from '@valetkey/contracts';
import { timeOf } from '@valetkey/persistence';
import type { PartnershipRow } from './partnership-rows.ts';
import { stands } from './partnership-status.rules.ts';

/** A partnership as its client sees it: nothing of what the provider calls the client. */
export function partnerView(row: PartnershipRow): Partner {
  const { id, status, providerAccountId, providerName, permissions, users, activatedAt, createdAt } = row;
  return {
    id,
    status: PartnerStatus.parse(status),
    provider: { id: providerAccountId, name: providerName },
    permissions,
    users: stands(status) ? users : 0,
    // For the client it begins when they take it up.
    createdAt: timeOf(activatedAt ?? createdAt).toISOString(),
  };
}

export function partnerRevision(row: PartnershipRow): Partner & { revision: number } {
  return { ...partnerView(row), revision: row.revision };
}
