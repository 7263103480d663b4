import { randomUUID } from 'node:crypto';
import { type AccessEventDefinition, AccessEventEnvelope } from '@valetkey/contracts';
import type { z } from 'zod';

export interface EventFacts<D extends z.ZodType> {
  /** The entity's id. */
  subject?: string;
  /** Absent: an event of the platform. */
  accountid?: string;
  sequence?: number;
  data: z.input<D>;
}

/** An event as the platform would publish it, for the tests of those who subscribe. */
export function makeAccessEvent<D extends z.ZodType>(
  definition: AccessEventDefinition<D>,
  { subject = randomUUID(), sequence = 1, accountid, data }: EventFacts<D>,
): AccessEventEnvelope {
  return AccessEventEnvelope.parse({
    specversion: '1.0',
    id: randomUUID(),
    type: definition.type,
    source: `/services/${definition.source}`,
    subject,
    time: '2026-03-01T12:00:00.000Z',
    datacontenttype: 'application/json',
    accountid,
    actor: `user:${randomUUID()}`,
    requestid: randomUUID(),
    correlationid: randomUUID(),
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    sequence,
    data,
  });
}
