import { Migration } from '@mikro-orm/migrations';
import { outboxTables } from '@valetkey/outbox';

// version numbers an entity's events; an account's revision is what its ETag shows.
const accounts = [
  `CREATE TABLE accounts (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    country text,
    landing_url text,
    token_session_limit int,
    modules text[] NOT NULL,
    version int NOT NULL,
    revision int NOT NULL,
    created_at timestamptz NOT NULL
  )`,
  `CREATE INDEX accounts_search ON accounts USING gin (name gin_trgm_ops)`,
];

// (account_id, id) is unique so that others can refer to both: what they hold then lies in the same account.
const units = [
  `CREATE TABLE groups (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts,
    name text NOT NULL,
    version int NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT groups_name UNIQUE (account_id, name),
    CONSTRAINT groups_of_account UNIQUE (account_id, id)
  )`,
  `CREATE TABLE organizations (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts,
    group_id uuid,
    name text NOT NULL,
    version int NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT organizations_name UNIQUE (account_id, name),
    CONSTRAINT organizations_of_account UNIQUE (account_id, id),
    CONSTRAINT organizations_group FOREIGN KEY (account_id, group_id) REFERENCES groups (account_id, id)
  )`,
  `CREATE INDEX organizations_search ON organizations USING gin (name gin_trgm_ops)`,
  `CREATE INDEX organizations_of_group ON organizations (group_id, id) WHERE group_id IS NOT NULL`,
];

// A line break parts what is searched: no query has one, so none matches across.
const profiles = [
  `CREATE TABLE profiles (
    user_id uuid PRIMARY KEY,
    version int NOT NULL,
    name text NOT NULL,
    primary_email text NOT NULL,
    search text NOT NULL GENERATED ALWAYS AS (name || E'\\n' || primary_email || E'\\n' || user_id::text) STORED
  )`,
  `CREATE INDEX profiles_search ON profiles USING gin (search gin_trgm_ops)`,
];

// The scope is whichever of account, group and organization is the narrowest named.
const memberships = [
  `CREATE TABLE memberships (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES profiles,
    account_id uuid NOT NULL REFERENCES accounts,
    group_id uuid,
    organization_id uuid,
    scope_type text NOT NULL GENERATED ALWAYS AS (CASE
      WHEN organization_id IS NOT NULL THEN 'organization' WHEN group_id IS NOT NULL THEN 'group' ELSE 'account' END) STORED,
    scope_id uuid NOT NULL GENERATED ALWAYS AS (coalesce(organization_id, group_id, account_id)) STORED,
    role text NOT NULL,
    version int NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT memberships_one_role UNIQUE (user_id, account_id, scope_id),
    CONSTRAINT memberships_one_scope CHECK (group_id IS NULL OR organization_id IS NULL),
    CONSTRAINT memberships_role CHECK (role IN ('manager', 'viewer')
      OR (role IN ('owner', 'supporter') AND group_id IS NULL AND organization_id IS NULL)),
    CONSTRAINT memberships_group FOREIGN KEY (account_id, group_id) REFERENCES groups (account_id, id),
    CONSTRAINT memberships_organization FOREIGN KEY (account_id, organization_id) REFERENCES organizations (account_id, id)
  )`,
  `CREATE INDEX memberships_page ON memberships (account_id, id)`,
  `CREATE INDEX memberships_of_role ON memberships (account_id, role, id)`,
  `CREATE INDEX memberships_of_group ON memberships (group_id, id) WHERE group_id IS NOT NULL`,
  `CREATE INDEX memberships_of_organization ON memberships (organization_id, id) WHERE organization_id IS NOT NULL`,
];

// The catalogue is one entity: its row is what changes of it lock and number.
const permissions = [
  `CREATE TABLE permission_catalogue (id text PRIMARY KEY, version int NOT NULL)`,
  `INSERT INTO permission_catalogue (id, version) VALUES ('catalogue', 0)`,
  `CREATE TABLE permissions (name text COLLATE "C" PRIMARY KEY, description text NOT NULL, roles text[] NOT NULL)`,
];

export class CreateTenancy extends Migration {
  override up(): void {
    // A trusted extension: the owner of a database may create it.
    this.addSql('CREATE EXTENSION IF NOT EXISTS pg_trgm');
    for (const statement of [...outboxTables, ...accounts, ...units, ...profiles, ...memberships, ...permissions]) {
      this.addSql(statement);
    }
  }
}
