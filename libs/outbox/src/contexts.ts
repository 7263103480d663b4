import { type AccessEventEnvelope, PartyReference, type RequestContext, type ServiceName } from '@valetkey/contracts';
import type { HandlerContext } from '@valetkey/messaging';
import { nextTraceparent } from '@valetkey/observability';
import { v7 as uuidv7 } from 'uuid';

const noReply = (): HandlerContext['reply'] => ({ touched: [] });

/** For what a service does by itself, such as a sweep: it is the actor. */
export function systemContext(service: ServiceName): HandlerContext {
  const requestId = uuidv7();
  return {
    requestId,
    correlationId: requestId,
    traceparent: nextTraceparent(undefined),
    attribution: { actor: { type: 'service', id: service } },
    reply: noReply(),
  };
}

/** For what follows from an event: the same actor, correlation and trace as the event's. */
export function eventContext(event: AccessEventEnvelope): HandlerContext {
  const attribution: RequestContext['attribution'] = {
    actor: partyOf(event.actor),
    ...(event.onbehalfof && { onBehalfOf: partyOf(event.onbehalfof) }),
  };
  return {
    requestId: event.requestid,
    correlationId: event.correlationid,
    traceparent: event.traceparent,
    attribution,
    reply: noReply(),
  };
}

/** `user:<id>` */
function partyOf(text: string): PartyReference {
  const colon = text.indexOf(':');
  return PartyReference.parse({ type: text.slice(0, colon), id: text.slice(colon + 1) });
}
