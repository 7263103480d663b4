import type { AccessEvent } from '@valetkey/access-events';
import { type AccessEventDefinition, subjectOf } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';

/** An event as its service publishes it. */
export interface MadeEvent {
  source: string;
  subject: string;
  event: AccessEvent;
}

interface EventFacts<Data> {
  data: Data;
  /** The platform's own by default. */
  accountId?: string;
  /** The entity's id. */
  id?: string;
  /** `<type>:<id>` */
  actor?: string;
  onBehalfOf?: string;
  time?: string;
  sequence?: number;
}

export function makeEvent<D extends z.ZodType>(
  definition: AccessEventDefinition<D>,
  { data, accountId, id, actor, onBehalfOf, time, sequence }: EventFacts<z.input<D>>,
): MadeEvent {
  const event: AccessEvent = {
    specversion: '1.0',
    id: uuidv7(),
    type: definition.type,
    source: `/services/${definition.source}`,
    subject: id ?? uuidv7(),
    time: time ?? '2026-03-01T12:00:00.000Z',
    datacontenttype: 'application/json',
    ...(accountId && { accountid: accountId }),
    actor: actor ?? `user:${uuidv7()}`,
    ...(onBehalfOf && { onbehalfof: onBehalfOf }),
    requestid: uuidv7(),
    correlationid: uuidv7(),
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    sequence: sequence ?? 1,
    data,
  };
  return { source: definition.source, subject: subjectOf(definition, accountId), event };
}
