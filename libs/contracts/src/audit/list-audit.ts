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
    hash: z.string(),
    previousHash: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;

/** `actor` and `entity` filter by `<type>:<id>` or by the id alone; `action` by its name or the prefix before the dot. */
export const listAudit = defineQuery({
  subject: 'audit.v1.entry.list',
  summary: 'The audit trail of the account',
  input: z.strictObject({
    accountId: Id,
    from: TimestampInput.optional(),
    to: TimestampInput.optional(),
    actor: line(1, 100).optional(),
    action: line(1, 100).optional(),
    entity: line(1, 100).optional(),
    ...pageQuery,
  }),
  output: pageOf(AuditEntry),
  errors: [],
  access: allow({ account: ['owner', 'manager'] }),
  http: { method: 'GET', path: '/v1/accounts/{accountId}/audit', success: 200 },
});
