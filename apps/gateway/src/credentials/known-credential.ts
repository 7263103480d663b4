import type { AccessDecision, CredentialState, Standing } from '@valetkey/contracts';
import { keyOf, standingOf } from './standing-of.ts';
import type { Verified } from './verified.ts';

/** A live credential as it is kept, with what each look at it needs worked out once. */
export class KnownCredential {
  /** Empty when it stands in no account. */
  readonly standingKey: string;
  private verified?: Verified;

  constructor(readonly state: CredentialState) {
    const { standing } = this;
    this.standingKey = standing ? keyOf(standing) : '';
  }

  /** Worked out at each look, for few look: most have a decision under the key. */
  get standing(): Standing | undefined {
    return standingOf(this.state);
  }

  /** The user of whom an account's policy may demand two-factor: it binds portal sessions alone. */
  boundBy(decision: AccessDecision | null | undefined): string | undefined {
    return decision?.twoFactorRequired && this.state.kind === 'portal' ? this.state.subject.id : undefined;
  }

  /** Joined with a decision; the same pair for the same decision, so that what follows from both is kept with it. */
  verifiedBy(decision: AccessDecision | undefined, mustEnrol = false): Verified {
    // Room for the introspection from the start: a member that comes later takes five times as much.
    if (!this.verified || this.verified.decision !== decision || this.verified.mustEnrol !== mustEnrol)
      this.verified = { state: this.state, decision, mustEnrol, introspection: undefined };
    return this.verified;
  }
}
