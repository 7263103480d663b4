import { Migration } from '@mikro-orm/migrations';

/** The version before it lets everybody begin in their oldest account. */
export class AddLastAccounts extends Migration {
  override up(): void {
    // A projection of tokens' events: they may come after the account is gone, so it refers to none.
    this.addSql(
      'CREATE TABLE last_accounts (user_id uuid PRIMARY KEY, account_id uuid NOT NULL, at timestamptz NOT NULL)',
    );
    this.addSql('CREATE INDEX last_accounts_of_account ON last_accounts (account_id)');
  }
}
