import { defineEntity, p } from '@mikro-orm/postgresql';
import type { AccessKeyStatus, LendableRole, ScopeType } from '@valetkey/contracts';

/** An access key row. States change by SQL with the state in the predicate. */
const AccessKeySchema = defineEntity({
  name: 'AccessKey',
  tableName: 'access_keys',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    name: p.string(),
    status: p.string().$type<AccessKeyStatus>(),
    role: p.string().$type<LendableRole>(),
    scopeType: p.string().$type<ScopeType>(),
    scopeId: p.uuid(),
    allowedCidrs: p.array(),
    expiresAt: p.datetime().nullable(),
    /** When its next reminder is due, if any is still ahead. */
    remindAt: p.datetime().nullable(),
    secretHash: p.string(),
    hint: p.string(),
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

export class AccessKey extends AccessKeySchema.class {}
AccessKeySchema.setClass(AccessKey);
