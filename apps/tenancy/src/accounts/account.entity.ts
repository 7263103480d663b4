import type { ModuleName, TwoFactorDemand } from '@valetkey/contracts';
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
    /** Set while it is deleted and not purged yet: only platform staff find it then. */
    deletedAt: p.datetime().strictNullable(),
    requireTwoFactor: p.text().$type<TwoFactorDemand>(),
    managersMayDelete: p.boolean(),
    portalIdleMinutes: p.integer(),
    portalMaxHours: p.integer(),
    /** Grows with what the policy's resource shows. */
    policyRevision: p.integer(),
  },
});

/** The tenant. Writes in an account lock its row first. */
export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account);

/** A condition on accounts that all but platform staff and the purge look under: a deleted account is found by nobody. */
export const live = { deletedAt: null } as const;
