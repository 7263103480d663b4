import { fail, Failure, type InputOf, signIn } from '@valetkey/contracts';
import { hashPassword, isOutdated, isPassword } from '@valetkey/credentials/passwords';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { networkOf, sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { PasswordTries } from '../throttles/password-tries.ts';
import { findOwner, type Owner } from '../users/find-owner.ts';
import { Challenges } from './challenges.ts';
import { FailedSignIns } from './failed-sign-ins.ts';
import { PortalSessions } from './portal-sessions.ts';

@Injectable()
export class SignInHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly tries: PasswordTries,
    private readonly failures: FailedSignIns,
    private readonly challenges: Challenges,
    private readonly sessions: PortalSessions,
  ) {}

  /** Where two-factor is on, the right password opens no session but leads to the second step. */
  @Handles(signIn)
  async signIn({ email, password, cookie }: InputOf<typeof signIn>, context: HandlerContext) {
    const user = await this.tries.attempt(['sign-in', email, networkOf(context.address)], async () =>
      this.authenticate(email, password, context),
    );
    if (user === undefined) return fail(signIn, 'invalid_credentials');
    if (user instanceof Failure) return user;
    const challenge = await this.challenges.issue(user, cookie);
    if (challenge !== undefined) return { challenge };
    return (await this.sessions.open(user, context, cookie)) ?? fail(signIn, 'invalid_credentials');
  }

  private async authenticate(email: string, password: string, context: HandlerContext): Promise<Owner | undefined> {
    const user = await findOwner(this.em.fork(), email);
    const right = await isPassword(user?.passwordHash, password);
    if (user && right && !user.isLocked && (await this.failures.forgive(user.id, context))) {
      if (isOutdated(user.passwordHash)) await this.rehash(user, password);
      return user;
    }
    await this.failures.add(user ? { userId: user.id } : { address: email }, context);
    return undefined;
  }

  private async rehash({ id, passwordHash }: Owner, password: string): Promise<void> {
    const text = 'UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2';
    await sql(this.em.fork(), text, [id, passwordHash, await hashPassword(password)]);
  }
}
