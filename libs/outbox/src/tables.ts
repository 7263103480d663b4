/**
 * The tables of this library, for a service's first migration. `outbox.id` numbers rows in the order of their
 * insertion, which for one entity is the order of commits, since its row is locked while they are inserted.
 */
export const outboxTables = [
  `CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('event', 'command')),
    message_id uuid NOT NULL,
    entity text NOT NULL,
    subject text NOT NULL,
    body text,
    context text,
    created_at timestamptz NOT NULL,
    sent_at timestamptz,
    attempts int NOT NULL DEFAULT 0,
    next_attempt_at timestamptz
  )`,
  `CREATE INDEX outbox_unsent ON outbox (kind, id) WHERE sent_at IS NULL`,
  `CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL`,
  `CREATE TABLE inbox (
    event_id uuid PRIMARY KEY,
    handled_at timestamptz NOT NULL
  )`,
  `CREATE INDEX inbox_handled ON inbox (handled_at)`,
  `CREATE TABLE idempotency (
    key text PRIMARY KEY,
    body_digest text NOT NULL,
    answer jsonb NOT NULL,
    created_at timestamptz NOT NULL
  )`,
  `CREATE INDEX idempotency_created ON idempotency (created_at)`,
];
