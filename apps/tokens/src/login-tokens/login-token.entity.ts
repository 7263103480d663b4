import { defineEntity, p } from '@mikro-orm/postgresql';
import type { LendableRole, LoginTokenStatus, LoginTokenType, ScopeType } from '@valetkey/contracts';

/** A login token row. States change by SQL with the state in the predicate. */
const LoginTokenSchema = defineEntity({
  name: 'LoginToken',
  tableName: 'login_tokens',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    name: p.string(),
    type: p.string().$type<LoginTokenType>(),
    status: p.string().$type<LoginTokenStatus>(),
    role: p.string().$type<LendableRole>(),
    scopeType: p.string().$type<ScopeType>(),
    scopeId: p.uuid(),
    allowedCidrs: p.array(),
    maxSessions: p.integer().nullable(),
    expiresAt: p.datetime().nullable(),
    /** When its next reminder is due, if any is still ahead. */
    remindAt: p.datetime().nullable(),
    secretHash: p.string(),
    hint: p.string(),
    /** Counts the secrets it has had; sessions note which one opened them. */
    secretNumber: p.integer(),
    previousSecretHash: p.string().nullable(),
    previousSecretEndsAt: p.datetime().nullable(),
    lastUsedAt: p.datetime().nullable(),
    lastUsedFrom: p.string().nullable(),
    /** Grows with each of its events. */
    version: p.integer(),
    /** Grows with each edit and rotation: its ETag. */
    revision: p.integer(),
    createdAt: p.datetime(),
    createdById: p.string(),
    createdByName: p.string(),
  },
});

export class LoginToken extends LoginTokenSchema.class {}
LoginTokenSchema.setClass(LoginToken);
