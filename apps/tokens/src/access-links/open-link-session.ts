import { accessLinkRedeemed, accessLinkUsed, type CredentialOpened, Failure } from '@valetkey/contracts';
import type { HandlerContext } from '@valetkey/messaging';
import type { Transaction } from '@valetkey/outbox';
import { timeOf } from '@valetkey/persistence';
import { holdAccount, lendsBy } from '../accounts/account-row.ts';
import type { Place } from '../sessions/move-session.ts';
import { openSession } from '../sessions/open-session.ts';
import { claimAccessLink, type ClaimedLink } from './claim-access-link.ts';
import type { ShownLink } from './shown-links.ts';

export interface Opening {
  link: ShownLink;
  place: Place;
  forwarded?: boolean;
  context: HandlerContext;
}

/** Takes one use of a link and opens the session, if it still is as it was shown. A link that is refused is not used. */
export async function openLinkSession(
  tx: Transaction,
  { link, place, forwarded, context: { address = 'unknown', userAgent = '' } }: Opening,
): Promise<CredentialOpened | Failure<'invalid_link'>> {
  const claimed = await claimAccessLink(tx, link, address);
  if (!claimed || !lendsBy(await holdAccount(tx.em, link.accountId), 'access_links'))
    return new Failure('invalid_link');
  const opened = openSession(tx, {
    kind: 'access_link',
    subject: { type: 'user', id: link.userId, name: link.userName },
    ...place,
    link: { id: link.id, lenderId: link.editedById, lenderName: link.editedByName, endsAt: timeOf(link.expiresAt) },
    operator: false,
    address,
    userAgent,
    forwarded,
  });
  tell(tx, link, { claimed, sessionId: opened.session.id, address });
  return opened;
}

function tell(
  { emit }: Transaction,
  { id, accountId, userId, userName }: ShownLink,
  { claimed: { version, spent }, sessionId, address }: { claimed: ClaimedLink; sessionId: string; address: string },
): void {
  const user = { id: userId, name: userName };
  const redeemed = { user, sessionId, address };
  emit(accessLinkRedeemed, { id, accountId, sequence: spent ? version - 1 : version, data: redeemed });
  if (spent) emit(accessLinkUsed, { id, accountId, sequence: version, data: { user } });
}
