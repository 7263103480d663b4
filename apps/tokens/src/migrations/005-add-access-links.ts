import { Migration } from '@mikro-orm/migrations';

// Who edited it last is its creator until somebody does.
const accessLinks = [
  `CREATE TABLE access_links (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    user_id uuid NOT NULL,
    user_name text NOT NULL,
    email_id uuid NOT NULL,
    email text NOT NULL,
    status text NOT NULL CHECK (status IN ('live', 'locked', 'used', 'expired')),
    expires_at timestamptz NOT NULL,
    password_hash text,
    max_uses int,
    uses int NOT NULL,
    waive_two_factor boolean NOT NULL,
    delivery text NOT NULL CHECK (delivery IN ('queued', 'sent', 'failed')),
    mail_id uuid NOT NULL,
    secret_hash text NOT NULL,
    secret_number int NOT NULL,
    wrong_tries int NOT NULL,
    last_used_at timestamptz,
    last_used_from text,
    version int NOT NULL,
    revision int NOT NULL,
    created_at timestamptz NOT NULL,
    created_by_id uuid NOT NULL,
    created_by_name text NOT NULL,
    edited_at timestamptz,
    edited_by_id uuid NOT NULL,
    edited_by_name text NOT NULL,
    CONSTRAINT access_links_secret UNIQUE (secret_hash)
  ) WITH (fillfactor = 80)`,
  `CREATE UNIQUE INDEX access_links_one ON access_links (account_id, user_id) WHERE status IN ('live', 'locked')`,
  `CREATE INDEX access_links_page ON access_links (account_id, id DESC)`,
  `CREATE INDEX access_links_user ON access_links (user_id)`,
  `CREATE INDEX access_links_editor ON access_links (edited_by_id)`,
  `CREATE INDEX access_links_email ON access_links (email_id)`,
  `CREATE INDEX access_links_mail ON access_links (mail_id)`,
  `CREATE INDEX access_links_expiry ON access_links (expires_at) WHERE status IN ('live', 'locked')`,
];

const sessions = [
  `ALTER TABLE sessions
    ADD COLUMN access_link_id uuid,
    ADD COLUMN lender_id uuid,
    ADD COLUMN lender_name text`,
  // Sessions of all other kinds cost no entry.
  `CREATE INDEX sessions_of_link ON sessions (access_link_id, id DESC)
    WHERE access_link_id IS NOT NULL AND ended_at IS NULL`,
  `CREATE INDEX sessions_of_lender ON sessions (lender_id) WHERE lender_id IS NOT NULL AND ended_at IS NULL`,
];

/** The version before it goes on opening sessions that no link lends. */
export class AddAccessLinks extends Migration {
  override up(): void {
    for (const statement of [...accessLinks, ...sessions]) this.addSql(statement);
  }
}
