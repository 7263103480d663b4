import { z } from 'zod';
import { Caller, PartyReference } from './caller.ts';
import { serviceNames } from './services.ts';

/** For whose act a change is noted in events and the audit trail. Carries no rights. */
export const Attribution = z.object({ actor: PartyReference, onBehalfOf: PartyReference.optional() });
export type Attribution = z.infer<typeof Attribution>;

/** What travels with every request on the bus, beside its input. */
export const RequestContext = z.object({
  requestId: z.string().max(200),
  correlationId: z.string().max(200),
  traceparent: z.string().max(60),
  /** The client's address as the gateway saw it, and its user agent. */
  address: z.string().max(60).optional(),
  userAgent: z.string().max(400).optional(),
  caller: Caller.optional(),
  /** Set on `svc.` subjects, from the subject itself. */
  service: z.enum(serviceNames).optional(),
  attribution: Attribution.optional(),
  /** SHA-256 of caller, route and Idempotency-Key, in hex, with the body's keyed digest beside it. */
  idempotency: z.object({ key: z.string().max(64), bodyDigest: z.string().max(64) }).optional(),
  ifMatch: z.string().max(200).optional(),
});
export type RequestContext = z.infer<typeof RequestContext>;

/** The innermost actor is who really acts; the subject, when another, is on whose behalf. */
export function attributionOf(context: RequestContext): Attribution {
  if (context.attribution) return context.attribution;
  const { caller } = context;
  if (!caller) {
    return context.service
      ? { actor: { type: 'service', id: context.service } }
      : { actor: { type: 'anonymous', id: context.address ?? 'unknown' } };
  }
  const subject = { type: caller.subject.type, id: caller.subject.id };
  if (!caller.actor) return { actor: subject };
  return { actor: { type: caller.actor.type, id: caller.actor.id }, onBehalfOf: subject };
}
