import { Migration } from '@mikro-orm/migrations';

// Looser than what it replaces, so that the version before can go on; a failed mail with content can be tried again.
const mails = [
  `ALTER TABLE mails
    ADD COLUMN kept_until timestamptz,
    ADD COLUMN account_id uuid,
    DROP CONSTRAINT mails_sealed_while_queued,
    ADD CONSTRAINT mails_sealed_while_needed CHECK (
      CASE status
        WHEN 'queued' THEN sealed IS NOT NULL
        WHEN 'failed' THEN (sealed IS NULL) = (kept_until IS NULL)
        ELSE sealed IS NULL
      END)`,
  `CREATE INDEX mails_failed ON mails (settled_at DESC, id DESC) WHERE status = 'failed'`,
  `CREATE INDEX mails_kept ON mails (kept_until) WHERE kept_until IS NOT NULL`,
];

const preferences = [
  `CREATE TABLE preferences (
    user_id uuid PRIMARY KEY,
    revision int NOT NULL,
    choices jsonb NOT NULL
  )`,
];

// digests tells for which day a user had the last one: the row is what replicas wait for one another at.
const digests = [
  `CREATE TABLE digest_items (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL,
    account_id uuid,
    kind text NOT NULL,
    sealed text NOT NULL,
    created_at timestamptz NOT NULL
  )`,
  `CREATE INDEX digest_items_user ON digest_items (user_id, created_at)`,
  `CREATE INDEX digest_items_created ON digest_items (created_at)`,
  `CREATE TABLE digests (
    user_id uuid PRIMARY KEY,
    sent_for date NOT NULL
  )`,
];

export class AddNotices extends Migration {
  override up(): void {
    for (const statement of [...mails, ...preferences, ...digests]) this.addSql(statement);
  }
}
