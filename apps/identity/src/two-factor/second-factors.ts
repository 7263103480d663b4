import { recoveryCodeUsed, type SecondFactor } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import type { User } from '../users/user.entity.ts';
import { hashRecoveryCode } from './recovery-code.ts';
import { TwoFactorSecrets } from './two-factor-secrets.ts';
import { stepOf } from './totp.ts';

/** Spends what users prove a second factor with. Each is good once, whoever is at it at the same moment. */
@Injectable()
export class SecondFactors {
  constructor(private readonly secrets: TwoFactorSecrets) {}

  /** Whether it was good, of a user who is locked by the transaction and has two-factor on. */
  async spend(tx: Transaction, user: User, { code, recoveryCode }: SecondFactor): Promise<boolean> {
    if (code !== undefined) return this.spendCode(tx, user, code);
    return recoveryCode !== undefined && spendRecoveryCode(tx, user, recoveryCode);
  }

  private async spendCode({ em, now }: Transaction, { id }: User, code: string): Promise<boolean> {
    const secret = await this.secrets.ofUser(em, id);
    const step = secret && (await stepOf(code, secret, now));
    if (step === undefined) return false;
    const spent = await sql(
      em,
      `UPDATE two_factors SET last_step = $2
        WHERE user_id = $1 AND enabled_at IS NOT NULL AND last_step < $2 RETURNING user_id`,
      [id, step],
    );
    return spent.length > 0;
  }
}

async function spendRecoveryCode({ em, emit }: Transaction, user: User, typed: string): Promise<boolean> {
  const text = 'DELETE FROM recovery_codes WHERE user_id = $1 AND code_hash = $2 RETURNING code_hash';
  const spent = await sql(em, text, [user.id, hashRecoveryCode(typed)]);
  if (spent.length === 0) return false;
  const left = await sql(em, 'SELECT 1 FROM recovery_codes WHERE user_id = $1', [user.id]);
  emit(recoveryCodeUsed, { id: user.id, sequence: (user.version += 1), data: { left: left.length } });
  return true;
}
