import { fail, Failure, Id, type InputOf, resetMemberTwoFactor, resetTwoFactor } from '@valetkey/contracts';
import { Bus, Finds, type HandlerContext, Handles, insist } from '@valetkey/messaging';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { callerOf } from '../access/caller-of.ts';
import { mayStill } from '../access/may-still.ts';
import { isMemberInSight } from './membership-in-sight.ts';

type Input = InputOf<typeof resetMemberTwoFactor>;

@Injectable()
export class ResetMemberTwoFactorHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly bus: Bus,
  ) {}

  /** Whose memberships reach further than the account, their second factor protects others too. */
  @Handles(resetMemberTwoFactor)
  async reset(input: Input, context: HandlerContext) {
    const { accountId, userId } = input;
    const em = this.em.fork();
    if (!(await mayStill(em, resetMemberTwoFactor, context, accountId))) return fail(resetMemberTwoFactor, 'forbidden');
    if (!(await isMemberInSight(em, callerOf(context).grants, input))) return fail(resetMemberTwoFactor, 'not_found');
    if (userId === callerOf(context).subject.id) return fail(resetMemberTwoFactor, 'own_role', { detail: OWN });
    if (await isMemberElsewhere(em, input)) return fail(resetMemberTwoFactor, 'forbidden', { detail: ELSEWHERE });
    return this.askIdentity(userId, context);
  }

  @Finds(resetMemberTwoFactor)
  async exists(input: Record<string, unknown>, context: HandlerContext) {
    const [accountId, userId] = [Id.parse(input['accountId']), Id.parse(input['userId'])];
    return isMemberInSight(this.em.fork(), callerOf(context).grants, { accountId, userId });
  }

  private async askIdentity(userId: string, context: HandlerContext) {
    const answer = await this.bus.ask(resetTwoFactor, { userId }, context);
    if (answer instanceof Failure && (answer.code === 'two_factor_off' || answer.code === 'not_found')) {
      return fail(resetMemberTwoFactor, answer.code);
    }
    return insist(resetTwoFactor, answer);
  }
}

const OWN = 'Turn your own off by `DELETE /v1/users/me/two-factor`.';
const ELSEWHERE = 'The user has memberships outside this account; ask platform staff to reset it.';

async function isMemberElsewhere(em: EntityManager, { accountId, userId }: Input): Promise<boolean> {
  const text = 'SELECT 1 FROM memberships WHERE user_id = $1 AND account_id <> $2 LIMIT 1';
  return (await sql(em, text, [userId, accountId])).length > 0;
}
