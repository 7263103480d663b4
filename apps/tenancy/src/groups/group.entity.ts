import { defineEntity, p } from '@mikro-orm/postgresql';

const GroupSchema = defineEntity({
  name: 'Group',
  tableName: 'groups',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    name: p.text(),
    version: p.integer(),
    createdAt: p.datetime(),
  },
});

/** A named set of organizations of one account. */
export class Group extends GroupSchema.class {}
GroupSchema.setClass(Group);
