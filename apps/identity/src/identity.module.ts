import { scheduled } from '@valetkey/observability';
import { serviceModules } from '@valetkey/outbox';
import { type DynamicModule, Module } from '@nestjs/common';
import { ForgetStaleRowsJob } from './housekeeping/forget-stale-rows.job.ts';
import { IDENTITY_CONFIG, type IdentityConfig } from './identity.config.ts';
import { migrations } from './migrations/index.ts';
import { PasswordStrength } from './passwords/password-strength.ts';
import { FailedSignIns } from './sign-in/failed-sign-ins.ts';
import { SignInHandler } from './sign-in/sign-in.handler.ts';
import { IsVerificationWantedHandler } from './sign-up/is-verification-wanted.handler.ts';
import { MailOrders } from './sign-up/mail-orders.ts';
import { RenewVerificationHandler } from './sign-up/renew-verification.handler.ts';
import { ResendVerificationHandler } from './sign-up/resend-verification.handler.ts';
import { SignUp } from './sign-up/sign-up.entity.ts';
import { SignUpHandler } from './sign-up/sign-up.handler.ts';
import { VerifyEmailHandler } from './sign-up/verify-email.handler.ts';
import { ClientLimit } from './throttles/client-limit.ts';
import { PasswordTries } from './throttles/password-tries.ts';
import { CreateUserHandler } from './users/create-user.handler.ts';
import { Email } from './users/email.entity.ts';
import { User } from './users/user.entity.ts';

const handlers = [
  SignUpHandler,
  VerifyEmailHandler,
  ResendVerificationHandler,
  RenewVerificationHandler,
  IsVerificationWantedHandler,
  SignInHandler,
  CreateUserHandler,
];

/** Users, their addresses and passwords. */
@Module({})
export class IdentityModule {
  static forRoot(config: IdentityConfig): DynamicModule {
    return {
      module: IdentityModule,
      imports: serviceModules('identity', config, { entities: [User, Email, SignUp], migrations }),
      providers: [
        { provide: IDENTITY_CONFIG, useValue: config },
        ...handlers,
        ClientLimit,
        FailedSignIns,
        MailOrders,
        PasswordStrength,
        PasswordTries,
        ...scheduled(ForgetStaleRowsJob),
      ],
    };
  }
}
