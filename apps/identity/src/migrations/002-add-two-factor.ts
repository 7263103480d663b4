import { Migration } from '@mikro-orm/migrations';

// Without `enabled_at` the enrolment waits for its first code. `last_step` is the last time step of which a code was
// accepted (RFC 6238 §5.2); the secret is encrypted, for it must be read.
const twoFactors = `CREATE TABLE two_factors (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    secret text NOT NULL,
    last_step bigint NOT NULL,
    enabled_at timestamptz,
    created_at timestamptz NOT NULL
  )`;

// A spent one is deleted.
const recoveryCodes = `CREATE TABLE recovery_codes (
    user_id uuid NOT NULL REFERENCES two_factors ON DELETE CASCADE,
    code_hash text NOT NULL,
    PRIMARY KEY (user_id, code_hash)
  )`;

// The second step of a sign-in. `proven_by` is a keyed digest of the code that was right; `is_opening` belongs to whoever
// was first, until the session is open. `epoch` is the user's of the first step.
const challenges = [
  `CREATE TABLE sign_in_challenges (
    secret_hash text PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES two_factors ON DELETE CASCADE,
    epoch int NOT NULL,
    by_cookie boolean NOT NULL,
    tries int NOT NULL DEFAULT 0,
    proven_by text,
    is_opening boolean NOT NULL DEFAULT false,
    expires_at timestamptz NOT NULL
  )`,
  `CREATE INDEX sign_in_challenges_of_user ON sign_in_challenges (user_id)`,
  `CREATE INDEX sign_in_challenges_expiry ON sign_in_challenges (expires_at)`,
];

export class AddTwoFactor extends Migration {
  override up(): void {
    for (const statement of [twoFactors, recoveryCodes, ...challenges]) this.addSql(statement);
  }
}
