import type { AccessEvent } from '../access-event.ts';
import type { EventRoute } from './on.ts';

/**
 * A handler of batches from handlers of types, one event after the other. Other types are passed over.
 *
 * @throws when two routes claim the same type.
 */
export function byType<Context = void>(...routes: readonly EventRoute<Context>[]) {
  const byName = new Map(routes.map((route) => [route.type, route]));
  if (byName.size < routes.length) throw new Error('two handlers claim the same type of event');
  return async (events: readonly AccessEvent[], context: Context): Promise<void> => {
    for (const event of events) await byName.get(event.type)?.handle(event, context);
  };
}
