import { accessKeyNewPlaceNotice } from './access-keys/access-key-new-place.notice.ts';
import { accessLinkLockedNotice } from './access-links/access-link-locked.notice.ts';
import { accessLinkUndeliveredNotice } from './access-links/access-link-undelivered.notice.ts';
import { accountDeletedNotice } from './account/account-deleted.notice.ts';
import { accountRestoredNotice } from './account/account-restored.notice.ts';
import { billingChangedNotice } from './account/billing-changed.notice.ts';
import { moduleDisabledNotice } from './account/module-disabled.notice.ts';
import { moduleEnabledNotice } from './account/module-enabled.notice.ts';
import { policyChangedNotice } from './account/policy-changed.notice.ts';
import type { Notice } from './define-notice.ts';
import { credentialExpiringNotice } from './expiry/credential-expiring.notice.ts';
import { invitationAcceptedNotice } from './invitations/invitation-accepted.notice.ts';
import { membershipChangedNotice } from './memberships/membership-changed.notice.ts';
import { membershipGrantedNotice } from './memberships/membership-granted.notice.ts';
import { membershipRemovedNotice } from './memberships/membership-removed.notice.ts';
import { partnerUserChangedNotice } from './partnerships/partner-user-changed.notice.ts';
import { partnerUsersAuthorizedNotice } from './partnerships/partner-users-authorized.notice.ts';
import { partnerUsersRevokedNotice } from './partnerships/partner-users-revoked.notice.ts';
import { partnershipActivatedNotice } from './partnerships/partnership-activated.notice.ts';
import { partnershipCeilingChangedNotice } from './partnerships/partnership-ceiling-changed.notice.ts';
import { partnershipDeletedNotice } from './partnerships/partnership-deleted.notice.ts';
import { partnershipDisabledNotice } from './partnerships/partnership-disabled.notice.ts';
import { partnershipEnabledNotice } from './partnerships/partnership-enabled.notice.ts';
import { partnershipLapsedNotice } from './partnerships/partnership-lapsed.notice.ts';
import { partnershipRevokedNotice } from './partnerships/partnership-revoked.notice.ts';
import { emailAddedNotice } from './security/email-added.notice.ts';
import { emailRemovedNotice } from './security/email-removed.notice.ts';
import { emailVerifiedNotice } from './security/email-verified.notice.ts';
import { newPlaceNotice } from './security/new-place.notice.ts';
import { passwordChangedNotice } from './security/password-changed.notice.ts';
import { passwordWasResetNotice } from './security/password-was-reset.notice.ts';
import { recoveryCodesRenewedNotice } from './security/recovery-codes-renewed.notice.ts';
import { recoveryCodeUsedNotice } from './security/recovery-code-used.notice.ts';
import { signInBlockedNotice } from './security/sign-in-blocked.notice.ts';
import { twoFactorDisabledNotice } from './security/two-factor-disabled.notice.ts';
import { twoFactorEnabledNotice } from './security/two-factor-enabled.notice.ts';
import { twoFactorResetNotice } from './security/two-factor-reset.notice.ts';
import { twoFactorWaivedNotice } from './security/two-factor-waived.notice.ts';
import { userLockedNotice } from './security/user-locked.notice.ts';
import { userUnlockedNotice } from './security/user-unlocked.notice.ts';

/** Every notice there is, by its template. */
export const allNotices: ReadonlyMap<string, Notice> = new Map(
  [
    accessKeyNewPlaceNotice,
    accessLinkLockedNotice,
    accessLinkUndeliveredNotice,
    accountDeletedNotice,
    accountRestoredNotice,
    billingChangedNotice,
    credentialExpiringNotice,
    emailAddedNotice,
    emailRemovedNotice,
    emailVerifiedNotice,
    invitationAcceptedNotice,
    membershipChangedNotice,
    membershipGrantedNotice,
    membershipRemovedNotice,
    moduleDisabledNotice,
    moduleEnabledNotice,
    newPlaceNotice,
    partnershipActivatedNotice,
    partnershipCeilingChangedNotice,
    partnershipDeletedNotice,
    partnershipDisabledNotice,
    partnershipEnabledNotice,
    partnershipLapsedNotice,
    partnershipRevokedNotice,
    partnerUserChangedNotice,
    partnerUsersAuthorizedNotice,
    partnerUsersRevokedNotice,
    passwordChangedNotice,
    passwordWasResetNotice,
    policyChangedNotice,
    recoveryCodesRenewedNotice,
    recoveryCodeUsedNotice,
    signInBlockedNotice,
    twoFactorDisabledNotice,
    twoFactorEnabledNotice,
    twoFactorResetNotice,
    twoFactorWaivedNotice,
    userLockedNotice,
    userUnlockedNotice,
  ].map((notice): [string, Notice] => [notice.template, notice]),
);
