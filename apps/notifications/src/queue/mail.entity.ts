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
    /** Its content, which only this service can open; wiped once it is sent or has failed. */
    sealed: p.text().nullable(),
    attempts: p.integer(),
    dueAt: p.datetime(),
    /** Of the worker that has it. */
    claim: p.uuid().nullable(),
    expiresAt: p.datetime(),
    requestId: p.string(),
    correlationId: p.string(),
    traceparent: p.string(),
    createdAt: p.datetime(),
    settledAt: p.datetime().nullable(),
  },
});

export class Mail extends MailSchema.class {}
MailSchema.setClass(Mail);
