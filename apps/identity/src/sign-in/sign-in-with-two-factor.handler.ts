import { fail, Failure, type InputOf, type SecondFactor, signInWithTwoFactor } from '@valetkey/contracts';
import { checkSecret } from '@valetkey/credentials';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CodeTries } from '../throttles/code-tries.ts';
import { SecretGuesses } from '../throttles/secret-guesses.ts';
import { SecondFactors } from '../two-factor/second-factors.ts';
import { actingAs } from '../users/acting-as.ts';
import { findOwnerById } from '../users/find-owner.ts';
import { lockUser } from '../users/lock-user.ts';
import { type Challenge, Challenges } from './challenges.ts';
import { PortalSessions } from './portal-sessions.ts';

@Injectable()
export class SignInWithTwoFactorHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly guesses: SecretGuesses,
    private readonly tries: CodeTries,
    private readonly challenges: Challenges,
    private readonly factors: SecondFactors,
    private readonly sessions: PortalSessions,
  ) {}

  /** A challenge that is unknown, expired, used up or spent gets one answer; only an unknown one is a guess. */
  @Handles(signInWithTwoFactor)
  async signIn({ challenge: secret, cookie, ...factor }: InputOf<typeof signInWithTwoFactor>, context: HandlerContext) {
    if (!checkSecret(secret, 'vkc')) return fail(signInWithTwoFactor, 'invalid_token');
    const challenge = await this.guesses.admit(context, async () => this.challenges.find(secret));
    if (challenge instanceof Failure) return challenge;
    if (!challenge.isLive) return fail(signInWithTwoFactor, 'invalid_token');
    const acting = actingAs(challenge.userId, context);
    const proven = await this.tries.attempt(challenge.userId, async () => this.tryFactor(challenge, factor, acting));
    if (proven instanceof Failure) return proven;
    const byCookie = cookie ?? challenge.byCookie;
    const opened = await this.open(challenge, context, byCookie);
    return opened ? { ...opened, byCookie } : fail(signInWithTwoFactor, 'invalid_token');
  }

  private async tryFactor(challenge: Challenge, factor: SecondFactor, acting: HandlerContext) {
    if (!(await this.challenges.take(challenge))) return fail(signInWithTwoFactor, 'invalid_token');
    try {
      const proven = await this.prove(challenge, factor, acting);
      return proven instanceof Failure && proven.code === 'wrong_code' ? undefined : proven;
    } catch (error) {
      await this.challenges.giveBack(challenge);
      throw error;
    }
  }

  /** Challenge and factor are spent together or not at all. */
  private async prove(challenge: Challenge, factor: SecondFactor, acting: HandlerContext) {
    return this.outbox.transactional(acting, async (tx) => {
      const user = await lockUser(tx.em, challenge.userId);
      const claim = await this.challenges.claim(tx.em, challenge, factor);
      if (!claim) return fail(signInWithTwoFactor, 'invalid_token');
      const isGood = claim.isProven || (await this.factors.spend(tx, user, factor));
      return isGood || fail(signInWithTwoFactor, 'wrong_code');
    });
  }

  private async open(challenge: Challenge, context: HandlerContext, byCookie: boolean) {
    try {
      const user = await findOwnerById(this.em.fork(), challenge.userId);
      if (!user) throw new Error('The user of a challenge is gone');
      const opened = await this.sessions.open({ ...user, epoch: challenge.epoch }, context, byCookie);
      await this.challenges.close(challenge);
      return opened;
    } catch (error) {
      await this.challenges.release(challenge);
      throw error;
    }
  }
}
