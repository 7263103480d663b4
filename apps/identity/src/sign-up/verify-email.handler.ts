import { fail, Failure, type InputOf, openAccount, verifyEmail } from '@valetkey/contracts';
import { checkSecret, hashSecret } from '@valetkey/credentials';
import { isPassword } from '@valetkey/credentials/passwords';
import { Bus, type HandlerContext, Handles, insist } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { isUniqueViolation } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { findAdder, verifyAddedEmail } from '../emails/verify-added-email.ts';
import { PasswordTries } from '../throttles/password-tries.ts';
import { SecretGuesses } from '../throttles/secret-guesses.ts';
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
    private readonly guesses: SecretGuesses,
    private readonly tries: PasswordTries,
  ) {}

  @Handles(verifyEmail)
  async verify({ token, password }: InputOf<typeof verifyEmail>, context: HandlerContext) {
    if (!checkSecret(token, 'vkv')) return fail(verifyEmail, 'invalid_token');
    const secretHash = hashSecret(token);
    const found = await this.guesses.admit(context, async () => this.find(secretHash));
    if (found instanceof Failure) return found;
    if ('signUp' in found) return this.verifyFirst(found.signUp, { secretHash, password }, context);
    return this.verifyAdded(found.adderId, secretHash, context);
  }

  private async find(secretHash: string): Promise<{ signUp: WaitingSignUp } | { adderId: string } | undefined> {
    const [em, now] = [this.em.fork(), this.clock.now()];
    const signUp = await findWaiting(em, secretHash, now);
    if (signUp) return { signUp };
    const adderId = await findAdder(em, secretHash, now);
    return adderId === undefined ? undefined : { adderId };
  }

  /**
   * The account is opened before the user is registered: its ids were minted at sign-up, so whoever comes again after a
   * crash between the two, with the same secret, finds the same account.
   */
  private async verifyFirst(
    signUp: WaitingSignUp,
    { secretHash, password }: { secretHash: string; password: string | undefined },
    context: HandlerContext,
  ) {
    const refusal = await this.refusePassword(signUp, password);
    if (refusal) return refusal;
    const acting = actingAs(signUp.userId, context);
    await this.openAccount(signUp, acting);
    return this.spend(acting, async (tx) => register(tx, secretHash));
  }

  /** Needs no password: who added the address gave theirs. */
  private async verifyAdded(userId: string, secretHash: string, context: HandlerContext) {
    return this.spend(actingAs(userId, context), async (tx) => verifyAddedEmail(tx, userId, secretHash));
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

  private async spend(acting: HandlerContext, work: (tx: Transaction) => Promise<boolean>) {
    try {
      return await this.outbox.transactional(acting, async (tx) =>
        (await work(tx)) ? {} : fail(verifyEmail, 'invalid_token'),
      );
    } catch (error) {
      // Somebody else verified the address a moment ago.
      if (isUniqueViolation(error, 'emails_verified_address')) return fail(verifyEmail, 'invalid_token');
      throw error;
    }
  }
}
