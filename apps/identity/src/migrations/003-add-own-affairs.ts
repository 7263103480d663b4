import { Migration } from '@mikro-orm/migrations';

/**
 * `epoch` grows when the sessions that a user had before must be no more. What the version before this one makes has
 * the defaults.
 */
const users = `ALTER TABLE users
    ADD COLUMN locked_at timestamptz,
    ADD COLUMN epoch int NOT NULL DEFAULT 0,
    ADD COLUMN has_signed_in boolean NOT NULL DEFAULT false,
    ADD COLUMN invitation_id uuid CONSTRAINT users_invitation UNIQUE`;

// Of an added address; those of sign-ups stand with the sign-ups. A resend replaces it.
const emailVerifications = `CREATE TABLE email_verifications (
    email_id uuid PRIMARY KEY REFERENCES emails ON DELETE CASCADE,
    verification_id uuid NOT NULL CONSTRAINT email_verifications_verification UNIQUE,
    secret_hash text NOT NULL CONSTRAINT email_verifications_secret UNIQUE,
    expires_at timestamptz NOT NULL
  )`;

// One a user, the newest; gone with the address to which it was mailed.
const passwordResets = [
  `CREATE TABLE password_resets (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    email_id uuid NOT NULL REFERENCES emails ON DELETE CASCADE,
    reset_id uuid NOT NULL CONSTRAINT password_resets_reset UNIQUE,
    secret_hash text NOT NULL CONSTRAINT password_resets_secret UNIQUE,
    expires_at timestamptz NOT NULL
  )`,
  `CREATE INDEX password_resets_of_email ON password_resets (email_id)`,
];

// Where from and with what a user has signed in, as a keyed digest.
const knownPlaces = [
  `CREATE TABLE known_places (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    place text NOT NULL,
    last_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, place)
  )`,
  `CREATE INDEX known_places_last ON known_places (last_at)`,
];

export class AddOwnAffairs extends Migration {
  override up(): void {
    for (const statement of [users, emailVerifications, ...passwordResets, ...knownPlaces]) this.addSql(statement);
  }
}
