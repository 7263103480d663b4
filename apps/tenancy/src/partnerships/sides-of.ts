import type { PartnershipSide } from '@valetkey/contracts';
import type { PartnershipRow } from './partnership-rows.ts';

/** What every event tells a company of a partnership: its own name, and who the other is. */
export interface SideData {
  side: PartnershipSide;
  accountName: string;
  counterpart: { id: string; name: string };
}

interface Side {
  accountId: string;
  data: SideData;
}

/** Both companies of a partnership, the provider first. It has been taken up. */
export function sidesOf(row: PartnershipRow): Record<PartnershipSide, Side> {
  const { clientAccountId, clientAccountName, providerAccountId, providerName } = row;
  if (clientAccountId === null || clientAccountName === null)
    throw new Error('A partnership of one company has no sides');
  const provider = { id: providerAccountId, name: providerName };
  const client = { id: clientAccountId, name: clientAccountName };
  return {
    provider: { accountId: provider.id, data: { side: 'provider', accountName: provider.name, counterpart: client } },
    client: { accountId: client.id, data: { side: 'client', accountName: client.name, counterpart: provider } },
  };
}
