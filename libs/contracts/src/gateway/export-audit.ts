import { listAudit } from '../audit/list-audit.ts';
import { StoredAuditEntry } from '../audit/list-stored-audit.ts';
import { defineRoute } from './route.ts';

/** The pages of `listStoredAudit`, one after another: the filters and the rights of the list. */
export const exportAudit = defineRoute({
  name: 'audit.export',
  summary: 'The audit trail of the account as a stream, one entry a line, with what its hashes are computed from',
  input: listAudit.input.omit({ limit: true, cursor: true }),
  answer: StoredAuditEntry,
  errors: [],
  access: listAudit.access,
  http: {
    method: 'GET',
    path: '/v1/accounts/{accountId}/audit/export',
    success: 200,
    answers: 'application/x-ndjson',
  },
});
