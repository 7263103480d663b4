import { on } from '@valetkey/access-events';
import {
  emailAdded,
  emailRemoved,
  emailVerified,
  passwordChanged,
  recoveryCodesRenewed,
  recoveryCodeUsed,
  signedInFromNewPlace,
  signInBlocked,
  twoFactorDisabled,
  twoFactorEnabled,
  userLocked,
  userUnlocked,
} from '@valetkey/contracts';
import { emailAddedNotice } from '../notices/security/email-added.notice.ts';
import { emailRemovedNotice } from '../notices/security/email-removed.notice.ts';
import { emailVerifiedNotice } from '../notices/security/email-verified.notice.ts';
import { newPlaceNotice } from '../notices/security/new-place.notice.ts';
import { passwordChangedNotice } from '../notices/security/password-changed.notice.ts';
import { passwordWasResetNotice } from '../notices/security/password-was-reset.notice.ts';
import { recoveryCodesRenewedNotice } from '../notices/security/recovery-codes-renewed.notice.ts';
import { recoveryCodeUsedNotice } from '../notices/security/recovery-code-used.notice.ts';
import { signInBlockedNotice } from '../notices/security/sign-in-blocked.notice.ts';
import { twoFactorDisabledNotice } from '../notices/security/two-factor-disabled.notice.ts';
import { twoFactorEnabledNotice } from '../notices/security/two-factor-enabled.notice.ts';
import { twoFactorResetNotice } from '../notices/security/two-factor-reset.notice.ts';
import { userLockedNotice } from '../notices/security/user-locked.notice.ts';
import { userUnlockedNotice } from '../notices/security/user-unlocked.notice.ts';
import type { Occasion } from './occasion.ts';

/** What happens to a user is told the user. */
export const userEvents = [
  on(passwordChanged, async ({ subject, data: { by } }, occasion: Occasion) => {
    occasion.tell(subject, by === 'reset' ? passwordWasResetNotice : passwordChangedNotice, {});
  }),
  on(twoFactorEnabled, async ({ subject }, occasion: Occasion) => occasion.tell(subject, twoFactorEnabledNotice, {})),
  on(twoFactorDisabled, async ({ subject, data: { by } }, occasion: Occasion) => {
    if (by === 'user') occasion.tell(subject, twoFactorDisabledNotice, {});
    else occasion.tell(subject, twoFactorResetNotice, { by });
  }),
  on(recoveryCodeUsed, async ({ subject, data: { left } }, occasion: Occasion) =>
    occasion.tell(subject, recoveryCodeUsedNotice, { left }),
  ),
  on(recoveryCodesRenewed, async ({ subject }, occasion: Occasion) =>
    occasion.tell(subject, recoveryCodesRenewedNotice, {}),
  ),
  on(signedInFromNewPlace, async ({ subject, data: { device, address } }, occasion: Occasion) =>
    occasion.tell(subject, newPlaceNotice, { device, address }),
  ),
  on(signInBlocked, async ({ subject, data: { failures } }, occasion: Occasion) =>
    occasion.tell(subject, signInBlockedNotice, { failures }),
  ),
  on(emailAdded, async ({ subject }, occasion: Occasion) => occasion.tell(subject, emailAddedNotice, {})),
  on(emailVerified, async ({ subject }, occasion: Occasion) => {
    const mailbox = await occasion.mailbox(subject);
    // Whoever has one address has just opened its mail.
    if (mailbox && mailbox.verifiedEmails.length > 1) occasion.tell(subject, emailVerifiedNotice, {});
  }),
  on(emailRemoved, async ({ subject }, occasion: Occasion) => occasion.tell(subject, emailRemovedNotice, {})),
  on(userLocked, async ({ subject }, occasion: Occasion) => occasion.tell(subject, userLockedNotice, {})),
  on(userUnlocked, async ({ subject }, occasion: Occasion) => occasion.tell(subject, userUnlockedNotice, {})),
];
