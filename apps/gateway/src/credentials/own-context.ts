import type { RequestContext } from '@valetkey/contracts';
import { nextTraceparent } from '@valetkey/observability';
import { v4 as uuidv4 } from 'uuid';

/** For what the gateway asks on its own behalf, of many requests at once: it belongs to none of their traces. */
export function ownContext(): RequestContext {
  const requestId = uuidv4();
  return { requestId, correlationId: requestId, traceparent: nextTraceparent(undefined) };
}
