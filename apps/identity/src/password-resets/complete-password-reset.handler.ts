import { completePasswordReset, fail, Failure, type InputOf } from '@valetkey/contracts';
import { checkSecret, hashSecret } from '@valetkey/credentials';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { UserSessions } from '../neighbours/user-sessions.ts';
import { NewPasswords } from '../passwords/new-passwords.ts';
import { personalWords } from '../passwords/personal-words.ts';
import { setPassword } from '../passwords/set-password.ts';
import { FailedSignIns } from '../sign-in/failed-sign-ins.ts';
import { SecretGuesses } from '../throttles/secret-guesses.ts';
import { actingAs } from '../users/acting-as.ts';
import { lockUser } from '../users/lock-user.ts';
import { User } from '../users/user.entity.ts';

@Injectable()
export class CompletePasswordResetHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly guesses: SecretGuesses,
    private readonly newPasswords: NewPasswords,
    private readonly failures: FailedSignIns,
    private readonly sessions: UserSessions,
  ) {}

  /** A password that is refused spends nothing: the secret is good for a better one. */
  @Handles(completePasswordReset)
  async complete({ token, password }: InputOf<typeof completePasswordReset>, context: HandlerContext) {
    if (!checkSecret(token, 'vkr')) return fail(completePasswordReset, 'invalid_token');
    const secretHash = hashSecret(token);
    const user = await this.guesses.admit(context, async () => this.findUser(secretHash));
    if (user instanceof Failure) return user;
    const passwordHash = await this.newPasswords.hash(password, await personalWords(this.em.fork(), user));
    if (passwordHash instanceof Failure) return passwordHash;
    const ending = { userId: user.id, reason: 'password-changed' } as const;
    const acting = actingAs(user.id, context);
    const answer = await this.outbox.transactional(acting, async (tx) => {
      if (!(await this.reset(tx, user.id, { secretHash, passwordHash })))
        return fail(completePasswordReset, 'invalid_token');
      this.sessions.order(tx, ending);
      return {};
    });
    if (!(answer instanceof Failure)) await this.sessions.end(ending, acting);
    return answer;
  }

  private async findUser(secretHash: string): Promise<User | undefined> {
    const em = this.em.fork();
    const statement = 'SELECT user_id FROM password_resets WHERE secret_hash = $1 AND expires_at > $2';
    const [row] = await sql<{ user_id: string }>(em, statement, [secretHash, this.clock.now()]);
    return row && em.findOneOrFail(User, row.user_id);
  }

  /** False when somebody else spent the secret a moment ago. */
  private async reset(
    tx: Transaction,
    userId: string,
    { secretHash, passwordHash }: { secretHash: string; passwordHash: string },
  ): Promise<boolean> {
    const user = await lockUser(tx.em, userId);
    const spending = 'DELETE FROM password_resets WHERE secret_hash = $1 AND expires_at > $2 RETURNING user_id';
    const spent = await sql(tx.em, spending, [secretHash, tx.now]);
    if (spent.length === 0) return false;
    await setPassword(tx, user, { passwordHash, by: 'reset' });
    await this.failures.forget(tx, userId);
    return true;
  }
}
