import { Failure } from '@valetkey/contracts';
import { isPassword } from '@valetkey/credentials/passwords';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { PasswordTries } from '../throttles/password-tries.ts';
import { User } from '../users/user.entity.ts';

/** What is asked again of a user who is signed in, for what a borrowed session must not do. Wrong ones are bounded. */
@Injectable()
export class CurrentPassword {
  constructor(
    private readonly em: EntityManager,
    private readonly tries: PasswordTries,
  ) {}

  /** The user whose password it is. */
  async check(userId: string, password: string): Promise<User | Failure<'wrong_password' | 'too_many_requests'>> {
    const right = await this.tries.attempt(['current-password', userId], async () => {
      const user = await this.em.fork().findOneOrFail(User, userId);
      return (await isPassword(user.passwordHash, password)) ? user : undefined;
    });
    return right ?? new Failure('wrong_password');
  }
}
