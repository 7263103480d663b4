import { scheduled } from '@valetkey/observability';
import { MailOrders, serviceModules } from '@valetkey/outbox';
import { type DynamicModule, Module } from '@nestjs/common';
import { EmailVerifications } from './emails/email-verifications.ts';
import { handlers } from './handlers.ts';
import { ForgetStaleRowsJob } from './housekeeping/forget-stale-rows.job.ts';
import { IDENTITY_CONFIG, type IdentityConfig } from './identity.config.ts';
import { Invitations } from './invitations/invitations.ts';
import { InvitedUsers } from './invitations/invited-users.ts';
import { migrations } from './migrations/index.ts';
import { UserSessions } from './neighbours/user-sessions.ts';
import { CurrentPassword } from './passwords/current-password.ts';
import { NewPasswords } from './passwords/new-passwords.ts';
import { PasswordStrength } from './passwords/password-strength.ts';
import { Arrivals } from './places/arrivals.ts';
import { Challenges } from './sign-in/challenges.ts';
import { FailedSignIns } from './sign-in/failed-sign-ins.ts';
import { PortalSessions } from './sign-in/portal-sessions.ts';
import { SignUp } from './sign-up/sign-up.entity.ts';
import { CodeTries } from './throttles/code-tries.ts';
import { HourlyLimit } from './throttles/hourly-limit.ts';
import { MailLimit } from './throttles/mail-limit.ts';
import { PasswordTries } from './throttles/password-tries.ts';
import { SecretGuesses } from './throttles/secret-guesses.ts';
import { ProvenChanges } from './two-factor/proven-changes.ts';
import { SecondFactors } from './two-factor/second-factors.ts';
import { TwoFactorSecrets } from './two-factor/two-factor-secrets.ts';
import { Email } from './users/email.entity.ts';
import { User } from './users/user.entity.ts';

/** Users, their addresses, passwords and second factors. */
@Module({})
export class IdentityModule {
  static forRoot(config: IdentityConfig): DynamicModule {
    return {
      module: IdentityModule,
      imports: serviceModules('identity', config, { entities: [User, Email, SignUp], migrations }),
      providers: [
        { provide: IDENTITY_CONFIG, useValue: config },
        ...handlers,
        Arrivals,
        Challenges,
        CodeTries,
        CurrentPassword,
        EmailVerifications,
        FailedSignIns,
        HourlyLimit,
        Invitations,
        InvitedUsers,
        MailLimit,
        { provide: MailOrders, useValue: new MailOrders(config.MAIL_PUBLIC_KEY) },
        NewPasswords,
        PasswordStrength,
        PasswordTries,
        PortalSessions,
        ProvenChanges,
        SecondFactors,
        SecretGuesses,
        TwoFactorSecrets,
        UserSessions,
        ...scheduled(ForgetStaleRowsJob),
      ],
    };
  }
}
