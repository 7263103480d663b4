import { Migration } from '@mikro-orm/migrations';

/** The version before it goes on opening sessions without a forwarded one. */
export class AddForwardedSessions extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE sessions ADD COLUMN forwarded_hash text');
    // Partial: a session without one costs no entry.
    this.addSql('CREATE UNIQUE INDEX sessions_forwarded ON sessions (forwarded_hash) WHERE forwarded_hash IS NOT NULL');
  }
}
