import { Migration } from '@mikro-orm/migrations';

export class AddSearchOfGroups extends Migration {
  override up(): void {
    this.addSql('CREATE INDEX groups_search ON groups USING gin (name gin_trgm_ops)');
  }
}
