import type { RequestContext } from '@valetkey/contracts';
import { timeOf } from '@valetkey/persistence';

/** A mail in a worker's hand. */
export interface ClaimedMail {
  id: string;
  claim: string;
  template: string;
  sealed: string;
  /** This one included. */
  attempts: number;
  expiresAt: Date;
  /** The request that it was ordered in. */
  cause: Pick<RequestContext, 'requestId' | 'correlationId' | 'traceparent'>;
}

export interface ClaimedRow {
  id: string;
  claim: string;
  template: string;
  sealed: string;
  attempts: number;
  expires_at: string;
  request_id: string;
  correlation_id: string;
  traceparent: string;
}

export const claimedColumns =
  'id, claim, template, sealed, attempts, expires_at, request_id, correlation_id, traceparent';

export function claimedMail({ id, claim, template, sealed, attempts, ...row }: ClaimedRow): ClaimedMail {
  const { request_id: requestId, correlation_id: correlationId, traceparent } = row;
  const cause = { requestId, correlationId, traceparent };
  return { id, claim, template, sealed, attempts, expiresAt: timeOf(row.expires_at), cause };
}
