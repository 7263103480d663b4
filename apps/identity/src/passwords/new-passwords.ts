import { Failure } from '@valetkey/contracts';
import { hashPassword } from '@valetkey/credentials/passwords';
import { Injectable } from '@nestjs/common';
import { PasswordStrength } from './password-strength.ts';

/** Passwords on their way in. */
@Injectable()
export class NewPasswords {
  constructor(private readonly strength: PasswordStrength) {}

  /** Hashes a good one; refuses a guessable one with a hint at how to do better. */
  async hash(password: string, about: readonly string[]): Promise<string | Failure<'guessable_password'>> {
    const weakness = await this.strength.weaknessOf(password, about);
    return weakness ? new Failure('guessable_password', { detail: weakness }) : hashPassword(password);
  }
}
