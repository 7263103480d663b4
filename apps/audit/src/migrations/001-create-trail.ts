import { outboxTables } from '@valetkey/outbox';
import { Migration } from '@mikro-orm/migrations';

/** The last entry of each account's chain. Its lock is what makes a chain of concurrent appends. */
const chains = `CREATE TABLE chains (
    account_id uuid PRIMARY KEY,
    position bigint NOT NULL,
    hash text
  )`;

// ISO 8601 with a zone reads the same whatever the session's settings, which PostgreSQL cannot know.
const timeOf = `CREATE FUNCTION time_of(event jsonb) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE STRICT RETURN (event->>'time')::timestamptz`;

// What entries are searched by is generated from what is hashed, so the two cannot disagree.
const entries = [
  `CREATE TABLE entries (
    account_id uuid NOT NULL,
    position bigint NOT NULL,
    event jsonb NOT NULL,
    previous_hash text,
    hash text NOT NULL,
    id uuid NOT NULL GENERATED ALWAYS AS ((event->>'id')::uuid) STORED,
    time timestamptz NOT NULL GENERATED ALWAYS AS (time_of(event)) STORED,
    action text NOT NULL GENERATED ALWAYS AS
      (split_part(event->>'type', '.', 3) || '.' || split_part(event->>'type', '.', 4)) STORED,
    entity_type text NOT NULL GENERATED ALWAYS AS (split_part(event->>'type', '.', 3)) STORED,
    entity_id text NOT NULL GENERATED ALWAYS AS (event->>'subject') STORED,
    actor_id text NOT NULL GENERATED ALWAYS AS
      (substring(event->>'actor' FROM position(':' IN event->>'actor') + 1)) STORED,
    PRIMARY KEY (account_id, position),
    UNIQUE (id, account_id)
  )`,
  `CREATE INDEX entries_by_time ON entries (account_id, time)`,
  `CREATE INDEX entries_by_entity_type ON entries (account_id, entity_type, position)`,
  `CREATE INDEX entries_by_entity ON entries (account_id, entity_id, position)`,
  `CREATE INDEX entries_by_actor ON entries (account_id, actor_id, position)`,
];

// Only the purge of a deleted account may delete, which says so within its transaction:
// SET LOCAL audit.purged_account = '<id>'.
const appendOnly = [
  `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'DELETE' THEN
      IF OLD.account_id::text = current_setting('audit.purged_account', true) THEN
        RETURN OLD;
      END IF;
    END IF;
    RAISE EXCEPTION 'the audit trail is append-only: % refused', TG_OP;
  END $$`,
  `CREATE TRIGGER entries_stay BEFORE UPDATE OR DELETE ON entries FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
  `CREATE TRIGGER entries_stay_all BEFORE TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
];

/** What entities call themselves, as their latest event said. Users are not among them: tenancy knows their names. */
const names = `CREATE TABLE names (
    account_id uuid NOT NULL,
    type text NOT NULL,
    id text NOT NULL,
    name text NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (account_id, id, type)
  )`;

export class CreateTrail extends Migration {
  override up(): void {
    for (const statement of [...outboxTables, chains, timeOf, ...entries, ...appendOnly, names]) this.addSql(statement);
  }
}
