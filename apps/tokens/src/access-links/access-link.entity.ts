import { defineEntity, p } from '@mikro-orm/postgresql';
import type { AccessLinkDelivery, AccessLinkStatus } from '@valetkey/contracts';

/** As kept: that it is suspended follows from its account. */
type KeptStatus = Exclude<AccessLinkStatus, 'suspended'>;

/** An access link row. States change by SQL with the state in the predicate, but for an edit, which locks the row. */
const AccessLinkSchema = defineEntity({
  name: 'AccessLink',
  tableName: 'access_links',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    userId: p.uuid(),
    userName: p.string(),
    emailId: p.uuid(),
    /** Where its mail went: shown, and told in no event. */
    email: p.string(),
    status: p.string().$type<KeptStatus>(),
    expiresAt: p.datetime(),
    /** argon2id, in PHC form. */
    passwordHash: p.string().nullable(),
    maxUses: p.integer().nullable(),
    /** Of the present secret, as the wrong tries are. */
    uses: p.integer(),
    waiveTwoFactor: p.boolean(),
    delivery: p.string().$type<AccessLinkDelivery>(),
    /** The mail that carries the present secret. */
    mailId: p.uuid(),
    secretHash: p.string(),
    /** Counts the secrets it has had. */
    secretNumber: p.integer(),
    wrongTries: p.integer(),
    lastUsedAt: p.datetime().nullable(),
    lastUsedFrom: p.string().nullable(),
    /** Grows with each of its events. */
    version: p.integer(),
    /** Grows with each edit: its ETag. */
    revision: p.integer(),
    createdAt: p.datetime(),
    createdById: p.uuid(),
    createdByName: p.string(),
    editedAt: p.datetime().nullable(),
    /** Who acts in its sessions: its creator until somebody edits it. */
    editedById: p.uuid(),
    editedByName: p.string(),
  },
});

export class AccessLink extends AccessLinkSchema.class {}
AccessLinkSchema.setClass(AccessLink);
