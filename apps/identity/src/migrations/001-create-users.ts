import { outboxTables } from '@valetkey/outbox';
import { throttleTable } from '@valetkey/persistence';
import { Migration } from '@mikro-orm/migrations';

const users = `CREATE TABLE users (
    id uuid PRIMARY KEY,
    version int NOT NULL,
    name text NOT NULL,
    locale text NOT NULL,
    password_hash text NOT NULL,
    created_at timestamptz NOT NULL
  )`;

// An address that nobody has verified yet belongs to nobody, so only verified ones are unique.
const emails = [
  `CREATE TABLE emails (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    address text NOT NULL,
    is_primary boolean NOT NULL,
    verified_at timestamptz,
    created_at timestamptz NOT NULL
  )`,
  `CREATE UNIQUE INDEX emails_verified_address ON emails (address) WHERE verified_at IS NOT NULL`,
  `CREATE UNIQUE INDEX emails_primary ON emails (user_id) WHERE is_primary`,
  `CREATE INDEX emails_of_user ON emails (user_id)`,
];

// Any number of sign-ups may wait with one address: the first to be verified becomes its user.
const signUps = [
  `CREATE TABLE sign_ups (
    user_id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    account_name text NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    locale text NOT NULL,
    password_hash text NOT NULL,
    verification_id uuid NOT NULL CONSTRAINT sign_ups_verification UNIQUE,
    secret_hash text NOT NULL CONSTRAINT sign_ups_secret UNIQUE,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL
  )`,
  `CREATE INDEX sign_ups_with_email ON sign_ups (email, user_id DESC)`,
  `CREATE INDEX sign_ups_expiry ON sign_ups (expires_at)`,
];

const failedSignIns = `CREATE TABLE failed_sign_ins (
    key text PRIMARY KEY,
    of_user boolean NOT NULL,
    in_a_row int NOT NULL,
    last_at timestamptz NOT NULL
  )`;

export class CreateUsers extends Migration {
  override up(): void {
    for (const statement of [...outboxTables, throttleTable, users, ...emails, ...signUps, failedSignIns]) {
      this.addSql(statement);
    }
  }
}
