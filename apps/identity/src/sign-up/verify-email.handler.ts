import { fail, Failure, type InputOf, openAccount, verifyEmail } from '@valetkey/contracts';
import { checkSecret, hashSecret } from '@valetkey/credentials';
import { Bus, type HandlerContext, Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { Outbox } from '@valetkey/outbox';
import { isUniqueViolation } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { insist } from '../neighbours/insist.ts';
import { isPassword } from '../passwords/password-hash.ts';
import { PasswordTries } from '../throttles/password-tries.ts';
import { actingAs } from '../users/acting-as.ts';
import { FIRST_VERSION } from '../users/add-user.ts';
import { register } from './register.ts';
import { findWaiting, type WaitingSignUp } from './waiting-sign-up.ts';

@Injectable()
export class VerifyEmailHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly tries: PasswordTries,
  ) {}

  /**
   * The account is opened before the user is registered: its ids were minted at sign-up, so whoever comes again after a
   * crash between the two, with the same secret, finds the same account.
   */
  @Handles(verifyEmail)
  async verify({ token, password }: InputOf<typeof verifyEmail>, context: HandlerContext) {
    const secretHash = checkSecret(token, 'vkv') ? hashSecret(token) : undefined;
    const signUp = secretHash && (await findWaiting(this.em.fork(), secretHash, this.clock.now()));
    if (!signUp) return fail(verifyEmail, 'invalid_token');
    const refusal = await this.refusePassword(signUp, password);
    if (refusal) return refusal;
    const acting = actingAs(signUp.userId, context);
    await this.openAccount(signUp, acting);
    return this.register(secretHash, acting);
  }

  private async refusePassword(signUp: WaitingSignUp, password: string | undefined) {
    if (password === undefined) return fail(verifyEmail, 'wrong_password');
    const right = await this.tries.attempt(['verification', signUp.userId], async () =>
      (await isPassword(signUp.passwordHash, password)) ? true : undefined,
    );
    if (right instanceof Failure) return right;
    return right ? undefined : fail(verifyEmail, 'wrong_password');
  }

  private async openAccount({ userId, name, email, ...account }: WaitingSignUp, acting: HandlerContext): Promise<void> {
    const { accountId, accountName } = account;
    const owner = { userId, name, primaryEmail: email, version: FIRST_VERSION };
    insist(openAccount, await this.bus.ask(openAccount, { accountId, accountName, owner }, acting));
  }

  private async register(secretHash: string, acting: HandlerContext) {
    try {
      return await this.outbox.transactional(acting, async (tx) =>
        (await register(tx, secretHash)) ? {} : fail(verifyEmail, 'invalid_token'),
      );
    } catch (error) {
      // Another sign-up with the address was verified a moment ago.
      if (isUniqueViolation(error, 'emails_verified_address')) return fail(verifyEmail, 'invalid_token');
      throw error;
    }
  }
}
