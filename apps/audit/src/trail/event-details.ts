import type { AccessEvent } from '@valetkey/access-events';
import { Changes, Id } from '@valetkey/contracts';
import { z } from 'zod';

const Details = z
  .object({
    /** What the entity calls itself. */
    name: z.string().optional().catch(undefined),
    /** The client's address. */
    address: z.string().optional().catch(undefined),
    /** The user whom it is about. */
    userId: Id.optional().catch(undefined),
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
