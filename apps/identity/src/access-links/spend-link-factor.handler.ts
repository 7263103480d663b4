import { fail, type InputOf, type SecondFactor, spendLinkFactor } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CodeTries } from '../throttles/code-tries.ts';
import { isEnrolled } from '../two-factor/is-enrolled.ts';
import { SecondFactors } from '../two-factor/second-factors.ts';
import { actingAs } from '../users/acting-as.ts';
import { User } from '../users/user.entity.ts';

@Injectable()
export class SpendLinkFactorHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly tries: CodeTries,
    private readonly factors: SecondFactors,
  ) {}

  /** The tries are the user's own, shared with signing in: a link is no second way to guess codes. */
  @Handles(spendLinkFactor)
  async spend({ userId, ...factor }: InputOf<typeof spendLinkFactor>, context: HandlerContext) {
    return this.tries.attempt(userId, async () => this.spendOnce(userId, factor, actingAs(userId, context)));
  }

  /** Nothing for a wrong one. */
  private async spendOnce(id: string, factor: SecondFactor, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const user = await tx.em.findOne(User, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!user || !(await isEnrolled(tx.em, id))) return fail(spendLinkFactor, 'two_factor_off');
      return (await this.factors.spend(tx, user, factor)) ? {} : undefined;
    });
  }
}
