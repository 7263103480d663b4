import { Migration } from '@mikro-orm/migrations';

// Defaults, so that the version before goes on opening accounts; they are the policy of who never set one.
const policy = `ALTER TABLE accounts
    ADD COLUMN deleted_at timestamptz,
    ADD COLUMN require_two_factor text NOT NULL DEFAULT 'off',
    ADD COLUMN managers_may_delete boolean NOT NULL DEFAULT false,
    ADD COLUMN portal_idle_minutes int NOT NULL DEFAULT 60,
    ADD COLUMN portal_max_hours int NOT NULL DEFAULT 24,
    ADD COLUMN policy_revision int NOT NULL DEFAULT 1,
    ADD CONSTRAINT accounts_two_factor CHECK (require_two_factor IN ('off', 'owners', 'everyone'))`;

const billing = `CREATE TABLE billing_details (
    account_id uuid PRIMARY KEY REFERENCES accounts,
    company_name text,
    email text,
    address text,
    tax_id text,
    revision int NOT NULL
  )`;

export class AddAccountLife extends Migration {
  override up(): void {
    this.addSql(policy);
    this.addSql('CREATE INDEX accounts_deleted ON accounts (deleted_at) WHERE deleted_at IS NOT NULL');
    this.addSql(billing);
  }
}
