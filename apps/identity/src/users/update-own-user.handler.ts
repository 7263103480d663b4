import {
  type AskOf,
  fail,
  Failure,
  type InputOf,
  keepProfile,
  matchingRevisions,
  updateOwnUser,
} from '@valetkey/contracts';
import { Bus, type HandlerContext, Handles } from '@valetkey/messaging';
import { Logger } from '@valetkey/observability';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { lockUser } from './lock-user.ts';
import { userView } from './user-view.ts';
import { tellProfile } from './tell-profile.ts';
import { userIdOf } from './user-id-of.ts';

type Profile = AskOf<typeof keepProfile>;

@Injectable()
export class UpdateOwnUserHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: Bus,
    private readonly logger: Logger,
  ) {}

  @Handles(updateOwnUser)
  async update(wanted: InputOf<typeof updateOwnUser>, context: HandlerContext) {
    let renamed: Profile | undefined;
    const answer = await this.outbox.transactional(context, async (tx) => {
      const user = await lockUser(tx.em, userIdOf(context));
      const isStale = matchingRevisions(context.ifMatch)?.includes(user.version) === false;
      if (isStale) return fail(updateOwnUser, 'precondition_failed');
      const { name = user.name, locale = user.locale } = wanted;
      const [isRenamed, speaksOtherwise] = [name !== user.name, locale !== user.locale];
      if (isRenamed || speaksOtherwise) Object.assign(user, { name, locale, version: user.version + 1 });
      if (isRenamed) renamed = await tellProfile(tx, user);
      return userView(tx.em, user);
    });
    if (renamed) await this.showName(renamed, context);
    return answer;
  }

  /** Has tenancy know the name before it is answered, for what is shown of a session has it from there. */
  private async showName(profile: Profile, context: HandlerContext): Promise<void> {
    const kept = await this.bus.ask(keepProfile, profile, context);
    const { userId } = profile;
    if (kept instanceof Failure) this.logger.warn({ userId, code: kept.code }, 'tenancy will learn it from the order');
    context.reply.touched.push(`user:${userId}`);
  }
}
