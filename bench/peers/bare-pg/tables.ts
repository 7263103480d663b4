/** The tables that a redemption touches, as the tokens service's migration makes them. */
export const TABLES = `
  CREATE TABLE accounts (
    id uuid PRIMARY KEY, token_session_limit int, modules text[] NOT NULL, version int NOT NULL);

  CREATE TABLE login_tokens (
    id uuid PRIMARY KEY, account_id uuid NOT NULL, name text NOT NULL, type text NOT NULL, status text NOT NULL,
    role text NOT NULL, scope_type text NOT NULL, scope_id uuid NOT NULL, allowed_cidrs text[] NOT NULL, max_sessions int,
    expires_at timestamptz, secret_hash text NOT NULL UNIQUE, hint text NOT NULL, secret_number int NOT NULL DEFAULT 1,
    previous_secret_hash text, previous_secret_ends_at timestamptz, last_used_at timestamptz, last_used_from text,
    version int NOT NULL, revision int NOT NULL, created_at timestamptz NOT NULL, created_by_id text NOT NULL,
    created_by_name text NOT NULL, UNIQUE (account_id, name));
  CREATE INDEX ON login_tokens (account_id, id DESC);
  CREATE INDEX ON login_tokens (previous_secret_hash) WHERE previous_secret_hash IS NOT NULL;
  CREATE INDEX ON login_tokens (expires_at) WHERE status IN ('active', 'ready');

  CREATE TABLE sessions (
    id uuid PRIMARY KEY, kind text NOT NULL, secret_hash text NOT NULL UNIQUE, account_id uuid, organization_id uuid,
    subject_type text NOT NULL, subject_id uuid NOT NULL, subject_name text NOT NULL, login_token_id uuid,
    secret_number int, operator boolean NOT NULL, idle_seconds int NOT NULL, created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, check_at timestamptz NOT NULL,
    ended_at timestamptz, end_reason text, address text NOT NULL, user_agent text NOT NULL, version int NOT NULL
  ) WITH (fillfactor = 80);
  CREATE INDEX ON sessions (account_id, id DESC) WHERE ended_at IS NULL;
  CREATE INDEX ON sessions (login_token_id, id DESC) WHERE ended_at IS NULL;
  CREATE INDEX ON sessions (check_at) WHERE ended_at IS NULL;
  CREATE INDEX ON sessions (ended_at) WHERE ended_at IS NOT NULL;

  CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL, message_id uuid NOT NULL, entity text NOT NULL,
    subject text NOT NULL, body text, context text, created_at timestamptz NOT NULL, sent_at timestamptz,
    attempts int NOT NULL DEFAULT 0, next_attempt_at timestamptz);
  CREATE INDEX ON outbox (kind, id) WHERE sent_at IS NULL;
  CREATE INDEX ON outbox (sent_at) WHERE sent_at IS NOT NULL`;
