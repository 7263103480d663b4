import { defineEntity, p } from '@mikro-orm/postgresql';
import { Group } from '../groups/group.entity.ts';

const OrganizationSchema = defineEntity({
  name: 'Organization',
  tableName: 'organizations',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    group: p.manyToOne(Group).strictNullable(),
    name: p.text(),
    /** Numbers its events, and is its revision: all of it is shown. */
    version: p.integer(),
    createdAt: p.datetime(),
  },
});

/** An isolated unit of an account, in one of its groups or in none. */
export class Organization extends OrganizationSchema.class {}
OrganizationSchema.setClass(Organization);
