import type { AccessDecision, CredentialState, Standing } from '@valetkey/contracts';
import { keyOf, standingOf } from './standing-of.ts';
import type { Verified } from './verified.ts';

/** A live credential as it is kept, with what follows from it worked out once. */
export class KnownCredential {
  /** Absent when it stands in no account. */
  readonly standing?: Standing;
  readonly standingKey: string;
  private verified?: Verified;

  constructor(readonly state: CredentialState) {
    this.standing = standingOf(state);
    this.standingKey = this.standing ? keyOf(this.standing) : '';
  }

  /** Joined with a decision; the same pair for the same decision, so that what follows from both is kept with it. */
  verifiedBy(decision: AccessDecision | undefined): Verified {
    if (!this.verified || this.verified.decision !== decision) this.verified = { state: this.state, decision };
    return this.verified;
  }
}
