import { outboxTables } from '@valetkey/outbox';
import { throttleTable } from '@valetkey/persistence';
import { Migration } from '@mikro-orm/migrations';

const loginTokens = [
  `CREATE TABLE login_tokens (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    name text NOT NULL,
    type text NOT NULL CHECK (type IN ('permanent', 'one_time')),
    status text NOT NULL CHECK (status IN ('active', 'ready', 'in_use', 'used', 'expired')),
    role text NOT NULL,
    scope_type text NOT NULL,
    scope_id uuid NOT NULL,
    allowed_cidrs text[] NOT NULL,
    max_sessions int,
    expires_at timestamptz,
    secret_hash text NOT NULL,
    hint text NOT NULL,
    secret_number int NOT NULL DEFAULT 1,
    previous_secret_hash text,
    previous_secret_ends_at timestamptz,
    last_used_at timestamptz,
    last_used_from text,
    version int NOT NULL,
    revision int NOT NULL,
    created_at timestamptz NOT NULL,
    created_by_id text NOT NULL,
    created_by_name text NOT NULL,
    CONSTRAINT login_tokens_name UNIQUE (account_id, name),
    CONSTRAINT login_tokens_secret UNIQUE (secret_hash)
  ) WITH (fillfactor = 80)`,
  `CREATE INDEX login_tokens_page ON login_tokens (account_id, id DESC)`,
  `CREATE INDEX login_tokens_allotment ON login_tokens (account_id) WHERE max_sessions IS NOT NULL`,
  `CREATE INDEX login_tokens_previous ON login_tokens (previous_secret_hash) WHERE previous_secret_hash IS NOT NULL`,
  `CREATE INDEX login_tokens_expiry ON login_tokens (expires_at) WHERE status IN ('active', 'ready', 'in_use')`,
  `CREATE INDEX login_tokens_grace ON login_tokens (previous_secret_ends_at) WHERE previous_secret_ends_at IS NOT NULL`,
];

// check_at is when the sweep looks next. Uses move last_seen_at only, which no index covers: such updates stay cheap.
const sessions = [
  `CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('portal', 'login_token', 'access_link')),
    secret_hash text NOT NULL,
    account_id uuid,
    organization_id uuid,
    subject_type text NOT NULL,
    subject_id uuid NOT NULL,
    subject_name text NOT NULL,
    login_token_id uuid,
    secret_number int,
    operator boolean NOT NULL,
    idle_seconds int NOT NULL,
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    check_at timestamptz NOT NULL,
    ended_at timestamptz,
    end_reason text,
    address text NOT NULL,
    user_agent text NOT NULL,
    version int NOT NULL,
    CONSTRAINT sessions_secret UNIQUE (secret_hash)
  ) WITH (fillfactor = 80)`,
  `CREATE INDEX sessions_of_account ON sessions (account_id, id DESC) WHERE ended_at IS NULL`,
  `CREATE INDEX sessions_of_token ON sessions (login_token_id, id DESC) WHERE ended_at IS NULL`,
  `CREATE INDEX sessions_check ON sessions (check_at) WHERE ended_at IS NULL`,
  `CREATE INDEX sessions_ended ON sessions (ended_at) WHERE ended_at IS NOT NULL`,
];

// Until tenancy's events arrive an account stands as tenancy opens it. The versions are those of the events.
const accounts = `CREATE TABLE accounts (
    id uuid PRIMARY KEY,
    token_session_limit int,
    limit_version int NOT NULL DEFAULT 0,
    modules text[] NOT NULL DEFAULT '{login_tokens}',
    modules_version int NOT NULL DEFAULT 0
  )`;

const resourceServers = `CREATE TABLE resource_servers (
    id uuid PRIMARY KEY,
    name text NOT NULL CONSTRAINT resource_servers_name UNIQUE,
    secret_hash text NOT NULL,
    version int NOT NULL,
    created_at timestamptz NOT NULL
  )`;

export class CreateTokens extends Migration {
  override up(): void {
    for (const statement of [...outboxTables, throttleTable, ...loginTokens, ...sessions, accounts, resourceServers]) {
      this.addSql(statement);
    }
  }
}
