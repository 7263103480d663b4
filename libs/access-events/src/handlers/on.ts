import type { AccessEventDefinition } from '@valetkey/contracts';
import type { z } from 'zod';
import type { AccessEvent, AccessEventOf } from '../access-event.ts';
import { UndecodableEventError } from '../undecodable-event.error.ts';

/** What is done about one type of event. */
export interface EventRoute<Context> {
  readonly type: string;
  handle(event: AccessEvent, context: Context): Promise<void>;
}

/**
 * Handles one type of event, with its data parsed by its definition's schema. A second parameter gets the transaction
 * of `once`.
 */
export function on<D extends z.ZodType, Context = void>(
  definition: AccessEventDefinition<D>,
  handle: (event: AccessEventOf<D>, context: Context) => Promise<void>,
): EventRoute<Context> {
  return {
    type: definition.type,
    handle: async (event, context) => {
      const data = definition.data.safeParse(event.data);
      if (!data.success) throw new UndecodableEventError(`not a ${definition.type}`, { cause: data.error });
      await handle({ ...event, data: data.data }, context);
    },
  };
}
