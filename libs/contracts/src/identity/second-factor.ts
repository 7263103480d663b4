import { z } from 'zod';
import { opaque } from '../kernel/fields.ts';

/** What an authenticator shows (RFC 6238): six digits, for half a minute. */
export const TwoFactorCode = z
  .string()
  .regex(/^\d{6}$/, 'must be six digits')
  .meta({ description: 'What the authenticator shows. Each code is good once, and half a minute before and after' });

/** As typed: the service reads it however it is grouped and in whatever case. */
export const TypedRecoveryCode = opaque(1, 100).meta({ description: 'Instead of `code`; each is good once' });

/** The members of an input that proves a second factor; exactly one of them, by {@link isOneFactor}. */
export const secondFactor = { code: TwoFactorCode.optional(), recoveryCode: TypedRecoveryCode.optional() };

export interface SecondFactor {
  code?: string | undefined;
  recoveryCode?: string | undefined;
}

/** For an input's refinement. */
export function isOneFactor({ code, recoveryCode }: SecondFactor): boolean {
  return (code === undefined) !== (recoveryCode === undefined);
}

export const ONE_FACTOR = 'must have either code or recoveryCode';
