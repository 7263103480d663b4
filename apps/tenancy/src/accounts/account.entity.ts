import type { ModuleName } from '@valetkey/contracts';
import { defineEntity, p } from '@mikro-orm/postgresql';

const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    country: p.text().strictNullable(),
    landingUrl: p.text().strictNullable(),
    tokenSessionLimit: p.integer().strictNullable(),
    modules: p.array().$type<ModuleName[]>(),
    /** Numbers the account's events. */
    version: p.integer(),
    /** Grows with what the account's resource shows. */
    revision: p.integer(),
    createdAt: p.datetime(),
  },
});

/** The tenant. Writes in an account lock its row first. */
export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account);
