import { z } from 'zod';
import { gateway } from '../kernel/access.ts';
import { defineQuery } from '../kernel/contract.ts';
import { CredentialState } from './session.ts';

/** The hot path's miss: many at once in one message. A forwarded session is the session that it is a child of. */
export const verifyCredentials = defineQuery({
  subject: 'tokens.v1.credential.verify',
  summary: 'The state of live credentials by the SHA-256 (base64url) of their secrets; null for all others',
  input: z.strictObject({ hashes: z.array(z.string().length(43)).min(1).max(1000) }),
  output: z.object({ credentials: z.array(CredentialState.nullable()) }),
  errors: [],
  access: gateway(),
});
