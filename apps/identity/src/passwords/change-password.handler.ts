import { changePassword, fail, Failure, type InputOf } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { type Ending, UserSessions } from '../neighbours/user-sessions.ts';
import { lockUser } from '../users/lock-user.ts';
import { userIdOf } from '../users/user-id-of.ts';
import { CurrentPassword } from './current-password.ts';
import { NewPasswords } from './new-passwords.ts';
import { personalWords } from './personal-words.ts';
import { setPassword } from './set-password.ts';

@Injectable()
export class ChangePasswordHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly currentPassword: CurrentPassword,
    private readonly newPasswords: NewPasswords,
    private readonly sessions: UserSessions,
  ) {}

  @Handles(changePassword)
  async change(input: InputOf<typeof changePassword>, context: HandlerContext) {
    const checked = await this.currentPassword.check(userIdOf(context), input.currentPassword);
    if (checked instanceof Failure) return checked;
    const passwordHash = await this.newPasswords.hash(input.password, await personalWords(this.em.fork(), checked));
    if (passwordHash instanceof Failure) return passwordHash;
    const ending = input.endOtherSessions ? othersOf(context) : undefined;
    const answer = await this.outbox.transactional(context, async (tx) => {
      const user = await lockUser(tx.em, checked.id);
      // Another change was faster, so what was typed is the present password no more.
      if (user.passwordHash !== checked.passwordHash) return fail(changePassword, 'wrong_password');
      await setPassword(tx, user, { passwordHash, by: 'user' });
      if (ending) this.sessions.order(tx, ending);
      return {};
    });
    if (ending && !(answer instanceof Failure)) await this.sessions.end(ending, context);
    return answer;
  }
}

function othersOf(context: HandlerContext): Ending {
  return { userId: userIdOf(context), exceptSessionId: context.caller?.sessionId, reason: 'password-changed' };
}
