import { AuditEntry, listAudit } from '../audit/list-audit.ts';
import { defineRoute } from './route.ts';

/** The pages of `listAudit`, one after another: its filters, its rights. */
export const exportAudit = defineRoute({
  name: 'audit.export',
  summary: 'The audit trail of the account as a stream, one entry a line',
  input: listAudit.input.omit({ limit: true, cursor: true }),
  answer: AuditEntry,
  errors: [],
  access: listAudit.access,
  http: {
    method: 'GET',
    path: '/v1/accounts/{accountId}/audit/export',
    success: 200,
    answers: 'application/x-ndjson',
  },
});
