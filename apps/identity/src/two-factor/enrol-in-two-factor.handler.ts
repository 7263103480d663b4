import { enrolInTwoFactor, fail, Failure, type InputOf } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CurrentPassword } from '../passwords/current-password.ts';
import { Email } from '../users/email.entity.ts';
import { userIdOf } from '../users/user-id-of.ts';
import { qrCodeOf } from './qr-code.ts';
import { newTotpSecret, otpauthUri } from './totp.ts';
import { TwoFactorSecrets } from './two-factor-secrets.ts';

@Injectable()
export class EnrolInTwoFactorHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly currentPassword: CurrentPassword,
    private readonly secrets: TwoFactorSecrets,
  ) {}

  @Handles(enrolInTwoFactor)
  async enrol({ currentPassword }: InputOf<typeof enrolInTwoFactor>, context: HandlerContext) {
    const userId = userIdOf(context);
    const known = await this.currentPassword.check(userId, currentPassword);
    if (known instanceof Failure) return known;
    const secret = newTotpSecret();
    const em = this.em.fork();
    if (!(await this.secrets.keep(em, userId, secret, this.clock.now())))
      return fail(enrolInTwoFactor, 'two_factor_on');
    const { address } = await em.findOneOrFail(Email, { user: userId, isPrimary: true });
    const uri = otpauthUri(secret, address);
    return { secret, otpauthUri: uri, qrCode: await qrCodeOf(uri) };
  }
}
