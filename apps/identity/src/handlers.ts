import { CheckLinkRecipientHandler } from './access-links/check-link-recipient.handler.ts';
import { SpendLinkFactorHandler } from './access-links/spend-link-factor.handler.ts';
import { AddEmailHandler } from './emails/add-email.handler.ts';
import { ListOwnEmailsHandler } from './emails/list-own-emails.handler.ts';
import { MakeEmailPrimaryHandler } from './emails/make-email-primary.handler.ts';
import { OwnEmailExists } from './emails/own-email-exists.ts';
import { RemoveEmailHandler } from './emails/remove-email.handler.ts';
import { ResendEmailVerificationHandler } from './emails/resend-email-verification.handler.ts';
import { JoinByInvitationHandler } from './invitations/join-by-invitation.handler.ts';
import { PreviewInvitationHandler } from './invitations/preview-invitation.handler.ts';
import { LockUserHandler } from './operator/lock-user.handler.ts';
import { UnlockUserHandler } from './operator/unlock-user.handler.ts';
import { UserExists } from './operator/user-exists.ts';
import { BeginPasswordResetHandler } from './password-resets/begin-password-reset.handler.ts';
import { CompletePasswordResetHandler } from './password-resets/complete-password-reset.handler.ts';
import { IsResetWantedHandler } from './password-resets/is-reset-wanted.handler.ts';
import { RequestPasswordResetHandler } from './password-resets/request-password-reset.handler.ts';
import { ChangePasswordHandler } from './passwords/change-password.handler.ts';
import { SignInHandler } from './sign-in/sign-in.handler.ts';
import { SignInWithTwoFactorHandler } from './sign-in/sign-in-with-two-factor.handler.ts';
import { IsVerificationWantedHandler } from './sign-up/is-verification-wanted.handler.ts';
import { RenewVerificationHandler } from './sign-up/renew-verification.handler.ts';
import { ResendVerificationHandler } from './sign-up/resend-verification.handler.ts';
import { SignUpHandler } from './sign-up/sign-up.handler.ts';
import { VerifyEmailHandler } from './sign-up/verify-email.handler.ts';
import { ConfirmTwoFactorHandler } from './two-factor/confirm-two-factor.handler.ts';
import { DisableTwoFactorHandler } from './two-factor/disable-two-factor.handler.ts';
import { EnrolInTwoFactorHandler } from './two-factor/enrol-in-two-factor.handler.ts';
import { HasTwoFactorHandler } from './two-factor/has-two-factor.handler.ts';
import { RenewRecoveryCodesHandler } from './two-factor/renew-recovery-codes.handler.ts';
import { ResetTwoFactorHandler } from './two-factor/reset-two-factor.handler.ts';
import { CreateUserHandler } from './users/create-user.handler.ts';
import { FindMailboxesHandler } from './users/find-mailboxes.handler.ts';
import { GetOwnUserHandler } from './users/get-own-user.handler.ts';
import { ListVerifiedEmailsHandler } from './users/list-verified-emails.handler.ts';
import { UpdateOwnUserHandler } from './users/update-own-user.handler.ts';

/** Everything that identity answers. */
export const handlers = [
  SignUpHandler,
  VerifyEmailHandler,
  ResendVerificationHandler,
  RenewVerificationHandler,
  IsVerificationWantedHandler,
  SignInHandler,
  SignInWithTwoFactorHandler,
  EnrolInTwoFactorHandler,
  ConfirmTwoFactorHandler,
  RenewRecoveryCodesHandler,
  DisableTwoFactorHandler,
  ResetTwoFactorHandler,
  HasTwoFactorHandler,
  CreateUserHandler,
  GetOwnUserHandler,
  UpdateOwnUserHandler,
  FindMailboxesHandler,
  ListVerifiedEmailsHandler,
  CheckLinkRecipientHandler,
  SpendLinkFactorHandler,
  ListOwnEmailsHandler,
  OwnEmailExists,
  AddEmailHandler,
  RemoveEmailHandler,
  MakeEmailPrimaryHandler,
  ResendEmailVerificationHandler,
  ChangePasswordHandler,
  RequestPasswordResetHandler,
  BeginPasswordResetHandler,
  CompletePasswordResetHandler,
  IsResetWantedHandler,
  PreviewInvitationHandler,
  JoinByInvitationHandler,
  LockUserHandler,
  UnlockUserHandler,
  UserExists,
];
