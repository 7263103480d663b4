import { Migration } from '@mikro-orm/migrations';

// A scope may go, and what it was invited to stays known: no reference to it. One pending for an address and scope.
const invitations = [
  `CREATE TABLE invitations (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    email text NOT NULL,
    scope_type text NOT NULL,
    scope_id uuid NOT NULL,
    role text NOT NULL,
    status text NOT NULL,
    secret_hash text NOT NULL,
    mail_id uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    accepted_by uuid,
    created_by_id uuid NOT NULL,
    created_by_name text NOT NULL,
    version int NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT invitations_secret UNIQUE (secret_hash),
    CONSTRAINT invitations_status CHECK (status IN ('pending', 'accepted', 'canceled', 'expired')),
    CONSTRAINT invitations_role CHECK (role IN ('manager', 'viewer')
      OR (role IN ('owner', 'supporter') AND scope_type = 'account'))
  )`,
  `CREATE UNIQUE INDEX invitations_one_pending ON invitations (account_id, email, scope_id) WHERE status = 'pending'`,
  `CREATE INDEX invitations_page ON invitations (account_id, id)`,
  `CREATE INDEX invitations_of_status ON invitations (account_id, status, id)`,
  `CREATE INDEX invitations_of_scope ON invitations (scope_id, id)`,
  `CREATE INDEX invitations_due ON invitations (expires_at) WHERE status = 'pending'`,
  `CREATE INDEX invitations_search ON invitations USING gin (email gin_trgm_ops)`,
];

// Lists by level page as those by role do; an address that is invited may be a member's.
const members = [
  `CREATE INDEX memberships_of_scope_type ON memberships (account_id, scope_type, id)`,
  `CREATE INDEX memberships_of_scope_type_and_role ON memberships (account_id, scope_type, role, id)`,
  `CREATE INDEX profiles_primary_email ON profiles (primary_email)`,
];

export class AddInvitations extends Migration {
  override up(): void {
    for (const statement of [...invitations, ...members]) this.addSql(statement);
  }
}
