import { Migration } from '@mikro-orm/migrations';

/**
 * The group in which a membership or an invitation lies, be it through its organization: so that those of a large group page
 * as those of an account do. Triggers keep it, since the version before, which still serves, knows nothing of it.
 */
const columns = [
  `ALTER TABLE memberships ADD COLUMN within_group_id uuid`,
  `ALTER TABLE invitations ADD COLUMN within_group_id uuid`,
];

const whenMade = [
  `CREATE FUNCTION group_of_scope(type text, id uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT CASE type WHEN 'group' THEN $2 WHEN 'organization' THEN
      (SELECT o.group_id FROM organizations o WHERE o.id = $2) END
  $$`,
  `CREATE FUNCTION place_membership() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    NEW.within_group_id := coalesce(NEW.group_id, group_of_scope('organization', NEW.organization_id));
    RETURN NEW;
  END $$`,
  `CREATE FUNCTION place_invitation() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    NEW.within_group_id := group_of_scope(NEW.scope_type, NEW.scope_id);
    RETURN NEW;
  END $$`,
  `CREATE TRIGGER place BEFORE INSERT ON memberships FOR EACH ROW EXECUTE FUNCTION place_membership()`,
  `CREATE TRIGGER place BEFORE INSERT ON invitations FOR EACH ROW EXECUTE FUNCTION place_invitation()`,
];

// Of a deleted organization there is no new row, and it is in no group.
const whenMoved = [
  `CREATE FUNCTION move_what_is_within() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE memberships SET within_group_id = NEW.group_id WHERE organization_id = OLD.id;
    UPDATE invitations SET within_group_id = NEW.group_id WHERE scope_id = OLD.id;
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER move AFTER UPDATE OF group_id ON organizations FOR EACH ROW
    WHEN (OLD.group_id IS DISTINCT FROM NEW.group_id) EXECUTE FUNCTION move_what_is_within()`,
  `CREATE TRIGGER leave AFTER DELETE ON organizations FOR EACH ROW EXECUTE FUNCTION move_what_is_within()`,
];

const present = [
  `UPDATE memberships SET within_group_id = group_of_scope(scope_type, scope_id) WHERE scope_type <> 'account'`,
  `UPDATE invitations SET within_group_id = group_of_scope(scope_type, scope_id) WHERE scope_type <> 'account'`,
];

const indexes = [
  `CREATE INDEX memberships_within_group ON memberships (within_group_id, id) WHERE within_group_id IS NOT NULL`,
  `CREATE INDEX memberships_within_group_of_level_and_role ON memberships (within_group_id, scope_type, role, id)
    WHERE within_group_id IS NOT NULL`,
  `CREATE INDEX invitations_within_group ON invitations (within_group_id, id) WHERE within_group_id IS NOT NULL`,
  `CREATE INDEX invitations_within_group_of_status ON invitations (within_group_id, status, id)
    WHERE within_group_id IS NOT NULL`,
];

/**
 * What the planner expects of an account or a group that it does not know: a hundred rows. As counted, where one has nearly all
 * rows, it would look for the newest of any other by going through those. Holds from the next ANALYZE.
 */
const expectations = [
  `ALTER TABLE memberships ALTER account_id SET (n_distinct = -0.01), ALTER within_group_id SET (n_distinct = -0.01),
    ALTER organization_id SET (n_distinct = -0.01)`,
  `ALTER TABLE invitations ALTER account_id SET (n_distinct = -0.01), ALTER within_group_id SET (n_distinct = -0.01),
    ALTER scope_id SET (n_distinct = -0.01)`,
  `ALTER TABLE organizations ALTER account_id SET (n_distinct = -0.01), ALTER group_id SET (n_distinct = -0.01)`,
];

export class AddRowsWithinGroups extends Migration {
  override up(): void {
    for (const statement of [...columns, ...whenMade, ...whenMoved, ...present, ...indexes, ...expectations])
      this.addSql(statement);
  }
}
