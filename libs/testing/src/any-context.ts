import type { Caller, RequestContext } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';

/** A context as the gateway makes it; without a caller it is anonymous. */
export function anyContext(caller?: Caller, more: Partial<RequestContext> = {}): RequestContext {
  return {
    requestId: uuidv7(),
    correlationId: uuidv7(),
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    address: '203.0.113.7',
    userAgent: 'jest',
    caller,
    ...more,
  };
}
