import { Migration } from '@mikro-orm/migrations';

const accessKeys = [
  `CREATE TABLE access_keys (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    name text NOT NULL,
    status text NOT NULL CHECK (status IN ('active', 'expired')),
    role text NOT NULL,
    scope_type text NOT NULL,
    scope_id uuid NOT NULL,
    allowed_cidrs text[] NOT NULL,
    expires_at timestamptz,
    remind_at timestamptz,
    secret_hash text NOT NULL,
    hint text NOT NULL,
    previous_secret_hash text,
    previous_secret_ends_at timestamptz,
    last_used_at timestamptz,
    last_used_from text,
    version int NOT NULL,
    revision int NOT NULL,
    created_at timestamptz NOT NULL,
    created_by_id text NOT NULL,
    created_by_name text NOT NULL,
    CONSTRAINT access_keys_name UNIQUE (account_id, name),
    CONSTRAINT access_keys_secret UNIQUE (secret_hash)
  ) WITH (fillfactor = 80)`,
  `CREATE INDEX access_keys_page ON access_keys (account_id, id DESC)`,
  `CREATE INDEX access_keys_previous ON access_keys (previous_secret_hash) WHERE previous_secret_hash IS NOT NULL`,
  `CREATE INDEX access_keys_expiry ON access_keys (expires_at) WHERE status = 'active'`,
  `CREATE INDEX access_keys_reminders ON access_keys (remind_at) WHERE remind_at IS NOT NULL`,
  `CREATE INDEX access_keys_scope ON access_keys (scope_id)`,
];

/** Networks from which a key was used, as far as it is told of new ones. */
const places = `CREATE TABLE access_key_places (
    access_key_id uuid NOT NULL REFERENCES access_keys ON DELETE CASCADE,
    network text NOT NULL,
    PRIMARY KEY (access_key_id, network)
  )`;

// What is there, and what the version before adds, has a reminder that was due at the epoch: the sweep gives none for it
// but works out the next one.
const reminders = [
  `ALTER TABLE login_tokens ADD COLUMN remind_at timestamptz DEFAULT '1970-01-01T00:00:00Z'`,
  `CREATE INDEX login_tokens_reminders ON login_tokens (remind_at) WHERE remind_at IS NOT NULL`,
];

const scopes = `CREATE INDEX login_tokens_scope ON login_tokens (scope_id)`;

export class AddAccessKeys extends Migration {
  override up(): void {
    for (const statement of [...accessKeys, places, ...reminders, scopes]) this.addSql(statement);
  }
}
