import type { Locale } from '@valetkey/contracts';
import { defineEntity, p } from '@mikro-orm/postgresql';

/** A person who has verified an address. */
const UserSchema = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: p.uuid().primary(),
    version: p.integer(),
    name: p.string(),
    locale: p.string().$type<Locale>(),
    /** argon2id in PHC form. */
    passwordHash: p.string(),
    createdAt: p.datetime(),
  },
});

export class User extends UserSchema.class {}
UserSchema.setClass(User);
