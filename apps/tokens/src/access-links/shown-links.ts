import { checkAccessLink, checkLinkRecipient, Failure } from '@valetkey/contracts';
import { checkSecret, hashSecret } from '@valetkey/credentials';
import { Bus, type HandlerContext, insist } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { RedemptionThrottle } from '../throttles/redemption-throttle.ts';
import { type LinkRow, linkOfSecret } from './link-of-secret.ts';

/** A link that opens a session for whoever gives what it needs besides. */
export interface ShownLink extends LinkRow {
  accountName: string;
  /** As tenancy has it now. */
  userName: string;
  needs: { password: boolean; code: boolean };
}

/** Finds links by the secrets that clients show. Guesses are counted together with those of login tokens. */
@Injectable()
export class ShownLinks {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly bus: Bus,
    private readonly throttle: RedemptionThrottle,
  ) {}

  /** A client over its guesses is told so, whatever it shows. A link that has ended or was locked is no guess. */
  async find(
    token: string,
    context: HandlerContext,
  ): Promise<ShownLink | Failure<'invalid_link' | 'too_many_requests'>> {
    if (!checkSecret(token, 'vka')) return new Failure('invalid_link');
    const waiting = await this.throttle.retryAfter(context);
    if (waiting) return new Failure('too_many_requests', { retryAfter: waiting });
    const link = await linkOfSecret(this.em.fork(), hashSecret(token), this.clock.now());
    if (!link) return this.refuseGuess(context);
    return (link.opens && (await this.judge(link, context))) || new Failure('invalid_link');
  }

  /** Whether platform staff have locked the user meanwhile, or who lends to them. */
  async isLocked({ userId, emailId, editedById: lenderId }: ShownLink, context: HandlerContext): Promise<boolean> {
    const answer = await this.bus.ask(checkLinkRecipient, { userId, emailId, lenderId }, context);
    return insist(checkLinkRecipient, answer).locked;
  }

  private async refuseGuess(context: HandlerContext): Promise<Failure<'invalid_link' | 'too_many_requests'>> {
    const retryAfter = await this.throttle.count(context);
    return retryAfter ? new Failure('too_many_requests', { retryAfter }) : new Failure('invalid_link');
  }

  /** Whether its last editor may still lend to the user, whose address it was mailed to is still theirs. */
  private async judge(link: LinkRow, context: HandlerContext): Promise<ShownLink | undefined> {
    const { accountId, userId, emailId, editedById: makerId } = link;
    const [place, answer] = await Promise.all([
      this.bus.ask(checkAccessLink, { accountId, makerId, userId }, context),
      this.bus.ask(checkLinkRecipient, { userId, emailId, lenderId: makerId }, context),
    ]);
    if (place instanceof Failure && place.code === 'not_found') return undefined;
    const { allowed, accountName, userName, makerIsOwner } = insist(checkAccessLink, place);
    const { email, locked, twoFactor } = insist(checkLinkRecipient, answer);
    if (!allowed || email === null || locked) return undefined;
    // Only an owner waives it: one who is none any more has waived nothing.
    const isWaived = link.waiveTwoFactor && makerIsOwner;
    const needs = { password: link.passwordHash !== null, code: twoFactor && !isWaived };
    return { ...link, accountName, userName, needs };
  }
}
