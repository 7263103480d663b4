import { outboxTables } from '@valetkey/outbox';
import { Migration } from '@mikro-orm/migrations';

// due_at is when a worker may take it: while one has it, that is when its claim lapses.
const mails = [
  `CREATE TABLE mails (
    id uuid PRIMARY KEY,
    version int NOT NULL,
    template text NOT NULL,
    status text NOT NULL CHECK (status IN ('queued', 'sent', 'failed')),
    reason text,
    sealed text,
    attempts int NOT NULL,
    due_at timestamptz NOT NULL,
    claim uuid,
    expires_at timestamptz NOT NULL,
    request_id text NOT NULL,
    correlation_id text NOT NULL,
    traceparent text NOT NULL,
    created_at timestamptz NOT NULL,
    settled_at timestamptz,
    CONSTRAINT mails_sealed_while_queued CHECK ((status = 'queued') = (sealed IS NOT NULL))
  )`,
  `CREATE INDEX mails_due ON mails (due_at) WHERE status = 'queued'`,
  `CREATE INDEX mails_settled ON mails (settled_at) WHERE settled_at IS NOT NULL`,
];

export class CreateMails extends Migration {
  override up(): void {
    for (const statement of [...outboxTables, ...mails]) this.addSql(statement);
  }
}
