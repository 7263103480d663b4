import { z } from 'zod';
import { type ProblemCode, problems } from '../kernel/problems.ts';

const OAuthErrorCode = z.enum(['invalid_request', 'invalid_client', 'temporarily_unavailable', 'server_error']);
type OAuthErrorCode = z.infer<typeof OAuthErrorCode>;

/** How `/oauth/*` refuses (RFC 6749 §5.2). */
export const OAuthError = z
  .object({ error: OAuthErrorCode, error_description: z.string().optional() })
  .meta({ id: 'OAuthError' });
export type OAuthError = z.infer<typeof OAuthError>;

/** A problem in the words of OAuth; the two of the server's side are borrowed from RFC 6749 §4.1.2.1. */
export function oauthErrorOf(code: ProblemCode): OAuthErrorCode {
  const { status } = problems[code];
  if (status === 401) return 'invalid_client';
  if (status === 503) return 'temporarily_unavailable';
  return status < 500 ? 'invalid_request' : 'server_error';
}
