import { on } from '@valetkey/access-events';
import {
  partnerUserAuthorized,
  partnerUserChanged,
  partnerUserRevoked,
  type PartnershipSide,
} from '@valetkey/contracts';
import { partnerUserChangedNotice } from '../notices/partnerships/partner-user-changed.notice.ts';
import { partnerUsersAuthorizedNotice } from '../notices/partnerships/partner-users-authorized.notice.ts';
import { partnerUsersRevokedNotice } from '../notices/partnerships/partner-users-revoked.notice.ts';
import type { Occasion } from './occasion.ts';

/** What a provider does for its users is told the client's owners, in one mail however many users it was at once. */
export const partnerUserEvents = [
  on(partnerUserAuthorized, async ({ data }, occasion: Occasion) => {
    if (!isFirstForClient(data)) return;
    const { permissions } = data;
    await occasion.tellOfCounterpart(partnerUsersAuthorizedNotice, (accountName) => ({
      ...partiesOf(data),
      accountName,
      permissions,
      count: countOf(data),
    }));
  }),
  on(partnerUserChanged, async ({ data }, occasion: Occasion) => {
    if (!isFirstForClient(data)) return;
    const { permissions } = data;
    const factsOf = (accountName: string) => ({ ...partiesOf(data), accountName, permissions });
    await occasion.tellOfCounterpart(partnerUserChangedNotice, factsOf);
  }),
  on(partnerUserRevoked, async ({ data }, occasion: Occasion) => {
    if (!isFirstForClient(data)) return;
    const factsOf = (accountName: string) => ({ ...partiesOf(data), accountName, count: countOf(data) });
    await occasion.tellOfCounterpart(partnerUsersRevokedNotice, factsOf);
  }),
];

interface Facts {
  side: PartnershipSide;
  counterpart: { name: string };
  user: { name: string };
  batch?: { number: number; of: number };
}

/** The provider hears of its users only what follows from the ceiling or from the end, and of that it was told by itself. */
function isFirstForClient({ side, batch }: Facts): boolean {
  return side === 'client' && (batch?.number ?? 1) === 1;
}

function partiesOf({ counterpart, user }: Facts): { counterpart: string; userName: string } {
  return { counterpart: counterpart.name, userName: user.name };
}

function countOf({ batch }: Facts): number {
  return batch?.of ?? 1;
}
