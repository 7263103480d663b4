import { AccessEventEnvelope } from '@valetkey/contracts';
import type { z } from 'zod';
import { UndecodableEventError } from './undecodable-event.error.ts';

/** An access event as it arrives: its envelope is checked, its `data` not yet. */
export type AccessEvent = AccessEventEnvelope;

/** An access event of one definition: its `data` is what the definition's schema makes of it. */
export type AccessEventOf<D extends z.ZodType> = Omit<AccessEvent, 'data'> & { readonly data: z.output<D> };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads an access event: CloudEvents 1.0 in structured JSON, UTF-8.
 *
 * @throws UndecodableEventError when it is none.
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
 */
export function decodeAccessEvent(bytes: Uint8Array): AccessEvent {
  try {
    return AccessEventEnvelope.parse(JSON.parse(utf8.decode(bytes)));
  } catch (cause) {
    throw new UndecodableEventError('not an access event', { cause });
  }
}
