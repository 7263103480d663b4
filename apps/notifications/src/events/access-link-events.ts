import { on } from '@valetkey/access-events';
import { accessLinkCreated, accessLinkEdited, accessLinkLocked, mailFailed } from '@valetkey/contracts';
import { accessLinkLockedNotice } from '../notices/access-links/access-link-locked.notice.ts';
import { accessLinkUndeliveredNotice } from '../notices/access-links/access-link-undelivered.notice.ts';
import { twoFactorWaivedNotice } from '../notices/security/two-factor-waived.notice.ts';
import type { Occasion } from './occasion.ts';

/** What became of an access link is told whoever edited it last; that it asks for no code, the user whom it lets in. */
export const accessLinkEvents = [
  on(accessLinkCreated, async ({ data: { user, waiveTwoFactor } }, occasion: Occasion) => {
    if (waiveTwoFactor) await tellWaived(user.id, occasion);
  }),
  // An edit makes it another link, by which nobody was let in before.
  on(accessLinkEdited, async ({ data: { user, waiveTwoFactor } }, occasion: Occasion) => {
    if (waiveTwoFactor) await tellWaived(user.id, occasion);
  }),
  on(accessLinkLocked, async ({ data: { user, editorId } }, occasion: Occasion) => {
    const accountName = await occasion.accountName();
    if (accountName) occasion.tell(editorId, accessLinkLockedNotice, { accountName, userName: user.name });
  }),
  on(mailFailed, async ({ subject, data: { template, reason } }, occasion: Occasion) => {
    if (template !== 'access-link' || reason === 'not-wanted') return;
    const link = await occasion.linkOfMail(subject);
    const accountName = link && (await occasion.accountName(link.accountId));
    if (!accountName) return;
    const { accountId, editorId, userName } = link;
    occasion.tell(editorId, accessLinkUndeliveredNotice, { accountName, userName, reason }, accountId);
  }),
];

async function tellWaived(userId: string, occasion: Occasion): Promise<void> {
  const accountName = await occasion.accountName();
  if (accountName) occasion.tell(userId, twoFactorWaivedNotice, { accountName, by: await occasion.by() });
}
