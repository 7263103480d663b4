import { Failure, type SecondFactor } from '@valetkey/contracts';
import type { HandlerContext } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { CurrentPassword } from '../passwords/current-password.ts';
import { CodeTries } from '../throttles/code-tries.ts';
import { lockUser } from '../users/lock-user.ts';
import { userIdOf } from '../users/user-id-of.ts';
import type { User } from '../users/user.entity.ts';
import { isEnrolled } from './is-enrolled.ts';
import { SecondFactors } from './second-factors.ts';

type Proof = SecondFactor & { currentPassword: string };

/** What a user changes of their two-factor once it is on: with the password and a code, which the change spends. */
@Injectable()
export class ProvenChanges {
  constructor(
    private readonly outbox: Outbox,
    private readonly currentPassword: CurrentPassword,
    private readonly tries: CodeTries,
    private readonly factors: SecondFactors,
  ) {}

  /** The change in the transaction that spends the code; refused it changes nothing. */
  async make<T>(proof: Proof, context: HandlerContext, change: (tx: Transaction, user: User) => Promise<T>) {
    const userId = userIdOf(context);
    const known = await this.currentPassword.check(userId, proof.currentPassword);
    if (known instanceof Failure) return known;
    return this.tries.attempt(userId, async () =>
      this.outbox.transactional(context, async (tx) => {
        const user = await lockUser(tx.em, userId);
        if (!(await isEnrolled(tx.em, userId))) return new Failure('two_factor_off');
        return (await this.factors.spend(tx, user, proof)) ? change(tx, user) : undefined;
      }),
    );
  }
}
