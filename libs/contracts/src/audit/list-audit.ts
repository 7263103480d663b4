import { z } from 'zod';
import { allow } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { Changes } from '../kernel/event.ts';
import { Id, line, pageOf, pageQuery, Timestamp, TimestampInput } from '../kernel/fields.ts';

const NamedParty = z.object({ type: z.string(), id: z.string(), name: z.string() });

export const AuditEntry = z
  .object({
    id: Id,
    time: Timestamp,
    action: z.string().meta({ description: '<entity>.<action>, e.g. login-token.deleted' }),
    entity: z.object({ type: z.string(), id: z.string(), name: z.string().optional() }),
    actor: NamedParty,
    onBehalfOf: NamedParty.optional(),
    address: z.string().optional(),
    requestId: z.string(),
    changes: Changes,
    hash: z
      .string()
      .meta({ description: 'SHA-256, in hex, over previousHash and the entry as it is stored; see the export' }),
    previousHash: z
      .string()
      .nullable()
      .meta({ description: 'Of the entry before in the account’s chain; null for the first' }),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;

/** A UUID in any case is the one that events have in lower case; other ids are as they are. */
const party = () =>
  line(1, 100)
    .overwrite((given) => given.replace(/[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i, (id) => id.toLowerCase()))
    .optional()
    .meta({ description: '<type>:<id>, the id alone, or the type alone' });

/** Newest first: in the order in which entries were appended to the account's chain, whose links can so be followed. */
export const listAudit = defineQuery({
  subject: 'audit.v1.entry.list',
  summary: 'The audit trail of the account',
  input: z.strictObject({
    accountId: Id,
    from: TimestampInput.optional().meta({ description: 'RFC 3339: entries of this time and later' }),
    to: TimestampInput.optional().meta({ description: 'RFC 3339: entries before this time' }),
    actor: party(),
    action: line(1, 100).optional().meta({ description: '<entity>.<action>, or the entity alone for all its actions' }),
    entity: party(),
    ...pageQuery,
  }),
  output: pageOf(AuditEntry),
  errors: [],
  access: allow({ account: ['owner', 'manager'] }),
  http: { method: 'GET', path: '/v1/accounts/{accountId}/audit', success: 200 },
});
