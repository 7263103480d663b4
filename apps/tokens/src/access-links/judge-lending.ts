import { checkAccessLink, checkLinkRecipient, createAccessLink, fail, Failure, type Locale } from '@valetkey/contracts';
import { type Bus, type HandlerContext, insist } from '@valetkey/messaging';
import { makerOf } from './maker-of.ts';

interface Wanted {
  accountId: string;
  userId: string;
  emailId: string;
  waiveTwoFactor?: boolean | undefined;
}

/** Whom a link lets in, where, and in whose name, as tenancy and identity have just said. */
export interface Lending {
  maker: { id: string; name: string; isOwner: boolean };
  accountName: string;
  userName: string;
  emailId: string;
  email: string;
  locale: Locale;
  twoFactor: boolean;
}

/** Whether the caller may have a link mailed to this address of this user, who is a member of the account. */
export async function judgeLending(
  bus: Bus,
  { accountId, userId, emailId, waiveTwoFactor = false }: Wanted,
  context: HandlerContext,
): Promise<Lending | Failure<'not_found' | 'own_link' | 'forbidden'>> {
  const { id: makerId, name } = makerOf(context);
  if (userId === makerId) return fail(createAccessLink, 'own_link');
  const [place, answer] = await Promise.all([
    bus.ask(checkAccessLink, { accountId, makerId, userId }, context),
    bus.ask(checkLinkRecipient, { userId, emailId }, context),
  ]);
  if (place instanceof Failure && place.code === 'not_found') return fail(createAccessLink, 'not_found');
  const { accountName, userName, isMember, allowed, makerIsOwner } = insist(checkAccessLink, place);
  const { email, locale, twoFactor } = insist(checkLinkRecipient, answer);
  if (!isMember || email === null) return fail(createAccessLink, 'not_found');
  if (!allowed || (waiveTwoFactor && !makerIsOwner)) return fail(createAccessLink, 'forbidden');
  const maker = { id: makerId, name, isOwner: makerIsOwner };
  return { maker, accountName, userName, emailId, email, locale, twoFactor };
}
