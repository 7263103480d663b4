import type { AccessEvent } from '@valetkey/access-events';
import { Changes, Id, Named } from '@valetkey/contracts';
import { z } from 'zod';

const Details = z
  .object({
    /** What the entity calls itself. */
    name: z.string().optional().catch(undefined),
    /** The client's address. */
    address: z.string().optional().catch(undefined),
    /** The user whom it is about. */
    userId: Id.optional().catch(undefined),
    /** The same, with the name that the event gives them. */
    user: Named.optional().catch(undefined),
    /** The other company of a partnership, and what its provider called a client that there is none of yet. */
    counterpart: Named.optional().catch(undefined),
    clientName: z.string().optional().catch(undefined),
    changes: Changes.catch([]),
  })
  .catch({ changes: [] });

/** What the trail shows of an event's data, whatever its type. */
export function detailsOf(event: AccessEvent): z.infer<typeof Details> {
  return Details.parse(event.data);
}

/** `dev.valetkey.<entity>.<action>.v1` */
export function partsOfType({ type }: AccessEvent): { entity: string; action: string } {
  const [, , entity = '', action = ''] = type.split('.');
  return { entity, action };
}
