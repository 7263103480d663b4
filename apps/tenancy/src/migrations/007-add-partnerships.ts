import { Migration } from '@mikro-orm/migrations';

// Either company finds it by the other's name, which stands with the account: a company is renamed in one place. The indexes of
// pages have what a search looks up by, so that a walk along them is all it takes.
const partnerships = [
  `CREATE TABLE partnerships (
    id uuid PRIMARY KEY,
    provider_account_id uuid NOT NULL REFERENCES accounts,
    client_account_id uuid REFERENCES accounts,
    client_name text,
    secret_hash text NOT NULL,
    status text NOT NULL,
    deleted boolean NOT NULL DEFAULT false,
    permissions text[] NOT NULL DEFAULT '{}',
    users int NOT NULL DEFAULT 0,
    narrowed boolean NOT NULL DEFAULT false,
    expires_at timestamptz,
    activated_at timestamptz,
    version int NOT NULL,
    revision int NOT NULL,
    created_at timestamptz NOT NULL,
    created_by_id uuid NOT NULL,
    created_by_name text NOT NULL,
    CONSTRAINT partnerships_secret UNIQUE (secret_hash),
    CONSTRAINT partnerships_status CHECK (status IN ('pending', 'active', 'disabled', 'revoked', 'lapsed')),
    CONSTRAINT partnerships_client CHECK ((client_account_id IS NULL) = (status IN ('pending', 'lapsed'))),
    CONSTRAINT partnerships_expiry CHECK ((expires_at IS NOT NULL) = (status IN ('pending', 'lapsed'))),
    CONSTRAINT partnerships_two_companies CHECK (client_account_id <> provider_account_id)
  )`,
  `CREATE UNIQUE INDEX partnerships_one_standing ON partnerships (provider_account_id, client_account_id)
    WHERE status IN ('active', 'disabled')`,
  `CREATE INDEX partnerships_of_provider ON partnerships (provider_account_id, deleted, id) INCLUDE (client_account_id)`,
  `CREATE INDEX partnerships_of_provider_and_status ON partnerships (provider_account_id, deleted, status, id)`,
  `CREATE INDEX partnerships_of_client ON partnerships (client_account_id, id) INCLUDE (provider_account_id)`,
  `CREATE INDEX partnerships_of_client_and_status ON partnerships (client_account_id, status, id)`,
  `CREATE INDEX partnerships_due ON partnerships (expires_at) WHERE status = 'pending'`,
  `CREATE INDEX partnerships_ending ON partnerships (id) WHERE status = 'revoked' AND users > 0`,
  `CREATE INDEX partnerships_narrowed ON partnerships (id) WHERE narrowed`,
  `CREATE INDEX partnerships_of_both ON partnerships (provider_account_id, client_account_id)`,
  `CREATE INDEX partnerships_client_name ON partnerships USING gin (client_name gin_trgm_ops)`,
  `CREATE INDEX partnerships_id ON partnerships USING gin ((id::text) gin_trgm_ops)`,
];

// No reference to the accounts: to check it would wait for the other company's row, whose holder waits for the partnership's.
// Narrowing rewrites all users of a partnership at once: no index knows what it changes, and each page has room for all of its
// rows again, so that no index is written.
const users = [
  `CREATE TABLE partner_users (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL REFERENCES partnerships ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES profiles,
    provider_account_id uuid NOT NULL,
    client_account_id uuid NOT NULL,
    permissions text[] NOT NULL,
    narrowed_from text[],
    version int NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT partner_users_once UNIQUE (partnership_id, user_id)
  ) WITH (fillfactor = 50)`,
  `CREATE INDEX partner_users_page ON partner_users (partnership_id, id) INCLUDE (user_id)`,
  `CREATE INDEX partner_users_at_client ON partner_users (user_id, client_account_id)`,
  `CREATE INDEX partner_users_of_provider ON partner_users (user_id, provider_account_id)`,
  `CREATE INDEX profiles_name ON profiles USING gin (name gin_trgm_ops)`,
];

// A list shows the count of each of its rows. Whoever adds or takes out partner users holds the partnership's row.
const countOfUsers = [
  `CREATE FUNCTION count_partner_users() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE partnerships p SET users = p.users + CASE TG_OP WHEN 'INSERT' THEN c.changed ELSE -c.changed END
      FROM (SELECT partnership_id, count(*)::int AS changed FROM changes GROUP BY partnership_id) c
     WHERE p.id = c.partnership_id;
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER count_in AFTER INSERT ON partner_users REFERENCING NEW TABLE AS changes
    FOR EACH STATEMENT EXECUTE FUNCTION count_partner_users()`,
  `CREATE TRIGGER count_out AFTER DELETE ON partner_users REFERENCING OLD TABLE AS changes
    FOR EACH STATEMENT EXECUTE FUNCTION count_partner_users()`,
];

/** What the planner expects of an account or a partnership that it does not know: a hundred rows. Holds from the next ANALYZE. */
const expectations = [
  `ALTER TABLE partnerships ALTER provider_account_id SET (n_distinct = -0.01),
    ALTER client_account_id SET (n_distinct = -0.01)`,
  `ALTER TABLE partner_users ALTER partnership_id SET (n_distinct = -0.01)`,
];

export class AddPartnerships extends Migration {
  override up(): void {
    for (const statement of [...partnerships, ...users, ...countOfUsers, ...expectations]) {
      this.addSql(statement);
    }
  }
}
