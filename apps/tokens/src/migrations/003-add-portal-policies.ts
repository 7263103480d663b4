import { Migration } from '@mikro-orm/migrations';

const accounts = `ALTER TABLE accounts
    ADD COLUMN portal_idle_minutes int NOT NULL DEFAULT 60,
    ADD COLUMN portal_max_hours int NOT NULL DEFAULT 24,
    ADD COLUMN policy_version int NOT NULL DEFAULT 0,
    ADD COLUMN policy_pending boolean NOT NULL DEFAULT false,
    ADD COLUMN deleted boolean NOT NULL DEFAULT false,
    ADD COLUMN deleted_version int NOT NULL DEFAULT 0`;

/** The version before it goes on with the lengths that were everybody's, which are the defaults. */
export class AddPortalPolicies extends Migration {
  override up(): void {
    this.addSql(accounts);
    // Accounts whose live sessions the sweep has yet to adjust: few, and soon none.
    this.addSql('CREATE INDEX accounts_policy_pending ON accounts (id) WHERE policy_pending');
    // Sessions of login tokens cost no entry.
    this.addSql(`CREATE INDEX sessions_of_user ON sessions (subject_id, id DESC)
      WHERE subject_type = 'user' AND ended_at IS NULL`);
  }
}
