import { z } from 'zod';
import type { ServiceName } from './services.ts';

interface EventShape<D extends z.ZodType> {
  entity: string;
  action: string;
  /** The service whose outbox it leaves from. */
  source: ServiceName;
  summary: string;
  data: D;
  /** Takes access away: the command that emits it answers only after its PubAck. */
  revokes?: boolean;
}

export interface AccessEventDefinition<D extends z.ZodType = z.ZodType> extends EventShape<D> {
  /** `dev.valetkey.<entity>.<action>.v1` */
  type: string;
}

/** An access event: past tense, one entity, a schema for its data. */
export function defineEvent<D extends z.ZodType>(shape: EventShape<D>): AccessEventDefinition<D> {
  return { ...shape, type: `dev.valetkey.${shape.entity}.${shape.action}.v1` };
}

/** `access.v1.<accountId | platform>.<entity>.<action>` */
export function subjectOf(event: AccessEventDefinition, accountId: string | undefined): string {
  return `access.v1.${accountId ?? 'platform'}.${event.entity}.${event.action}`;
}

/** An update names what changed; without the values where they are not for everybody who reads events. */
export const Changes = z.array(
  z.object({ field: z.string(), from: z.unknown().optional(), to: z.unknown().optional() }),
);
export type Changes = z.infer<typeof Changes>;

/** The envelope: CloudEvents 1.0 in structured JSON, with the platform's extension attributes. */
export const AccessEventEnvelope = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  type: z.string(),
  source: z.string(),
  subject: z.string(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  accountid: z.string().optional(),
  /** `<type>:<id>` of who really acted, and of on whose behalf when that is another. */
  actor: z.string(),
  onbehalfof: z.string().optional(),
  requestid: z.string(),
  correlationid: z.string(),
  traceparent: z.string(),
  /** The version of the entity: grows with each of its events. */
  sequence: z.number().int().nonnegative(),
  data: z.unknown(),
});
export type AccessEventEnvelope = z.infer<typeof AccessEventEnvelope>;
