import { defineEntity, p } from '@mikro-orm/postgresql';

/** A mail by the id that its orderer gave it. Claimed, postponed and settled by SQL only, with the state in the predicate. */
const MailSchema = defineEntity({
  name: 'Mail',
  tableName: 'mails',
  properties: {
    id: p.uuid().primary(),
    version: p.integer(),
    template: p.string(),
    status: p.string().$type<'queued' | 'sent' | 'failed'>(),
    /** Why it failed. */
    reason: p.string().nullable(),
    /** Its content, which only this service can open; wiped once it is sent, or has failed and cannot be tried again. */
    sealed: p.text().nullable(),
    /** Until when it may be tried again, having failed. */
    keptUntil: p.datetime().nullable(),
    /** The account that it tells of. */
    accountId: p.uuid().nullable(),
    attempts: p.integer(),
    dueAt: p.datetime(),
    /** Of the worker that has it. */
    claim: p.uuid().nullable(),
    expiresAt: p.datetime(),
    requestId: p.string(),
    correlationId: p.string(),
    traceparent: p.string(),
    createdAt: p.datetime(),
    /** When it was last sent or failed. */
    settledAt: p.datetime().nullable(),
  },
});

export class Mail extends MailSchema.class {}
MailSchema.setClass(Mail);
