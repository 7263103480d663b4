import { confirmTwoFactor, enrolInTwoFactor } from '@valetkey/contracts';
import { codeAt, wrongCodeAt } from './authenticator.ts';
import { granted, type SignedIn, signedIn } from './signed-in.ts';
import type { TestIdentity } from './start-identity.ts';

const STEP_MS = 30_000;

/** A user with two-factor on. */
export interface Enrolled extends SignedIn {
  secret: string;
  recoveryCodes: string[];
  /** What their authenticator shows now, so many steps from now. */
  code(steps?: number): string;
  wrongCode(): string;
}

/** The clock is moved on by a minute, so that the code of the enrolment is behind. */
export async function enrolled(identity: TestIdentity, user?: SignedIn): Promise<Enrolled> {
  const person = user ?? (await signedIn(identity));
  const { clock } = identity;
  const { secret } = granted(await person.ask(enrolInTwoFactor, { currentPassword: person.password }));
  const code = (steps = 0) => codeAt(secret, new Date(clock.now().getTime() + steps * STEP_MS));
  const { recoveryCodes } = granted(await person.ask(confirmTwoFactor, { code: code() }));
  clock.advance(2 * STEP_MS);
  return { ...person, secret, recoveryCodes, code, wrongCode: () => wrongCodeAt(secret, clock.now()) };
}
