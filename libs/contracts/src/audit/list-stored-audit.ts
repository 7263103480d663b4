import { z } from 'zod';
import { defineQuery } from '../kernel/contract.ts';
import { AccessEventEnvelope } from '../kernel/event.ts';
import { pageOf } from '../kernel/fields.ts';
import { AuditEntry, listAudit } from './list-audit.ts';

export const StoredAuditEntry = AuditEntry.extend({
  position: z.number().int().meta({ description: 'Its place in the account’s chain: 1 for the first' }),
  event: z
    .looseObject(AccessEventEnvelope.shape)
    .meta({ description: 'The access event (CloudEvents 1.0) as it is stored, all of it' }),
}).meta({
  id: 'StoredAuditEntry',
  description:
    'An entry with all that its hash is computed from: ' +
    'hash = SHA-256(previousHash + JCS({"accountId": event.accountid, "event": event, "position": position})), ' +
    'in lower-case hex, over UTF-8. JCS is the JSON Canonicalization Scheme (RFC 8785); a previousHash of null adds ' +
    'nothing. The whole chain is every position from 1 on, each previousHash being the hash of the position before. ' +
    'A security event of a user (user.*) stands in the trails of all accounts of that user, with the same id, each ' +
    'time as a copy whose accountid is that of the trail.',
});
export type StoredAuditEntry = z.infer<typeof StoredAuditEntry>;

/** What `listAudit` lists, with what the hashes are computed from: the pages of an export. */
export const listStoredAudit = defineQuery({
  subject: 'audit.v1.entry.list-stored',
  summary: 'The audit trail of the account as it is stored, for its export',
  input: listAudit.input,
  output: pageOf(StoredAuditEntry),
  errors: [],
  access: listAudit.access,
});
