import { defineEntity, p } from '@mikro-orm/postgresql';

/** What an entity called itself in the latest of its events, in one account's trail. */
export const EntityName = defineEntity({
  name: 'EntityName',
  tableName: 'names',
  properties: {
    accountId: p.uuid().primary(),
    id: p.text().primary(),
    type: p.text().primary(),
    name: p.text(),
    sequence: p.bigint('number'),
  },
});
