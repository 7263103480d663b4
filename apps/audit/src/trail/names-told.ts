import type { AccessEvent } from '@valetkey/access-events';
import { detailsOf, partsOfType } from './event-details.ts';

/** What an entity is called by an event, and which of its names is the later. */
interface ToldName {
  type: string;
  id: string;
  name: string;
  sequence: number;
}

/** What an event calls its entity, and the other company where it has two sides. Users are not named: tenancy knows them. */
export function namesTold(event: AccessEvent): ToldName[] {
  const { counterpart } = detailsOf(event);
  const name = nameOfEntity(event);
  const type = partsOfType(event).entity;
  const own =
    name !== undefined && type !== 'user' ? [{ type, id: event.subject, name, sequence: event.sequence }] : [];
  // Of one company several partnerships tell, each in a sequence of its own: between those the time decides.
  const other = counterpart ? [{ type: 'account', ...counterpart, sequence: Date.parse(event.time) }] : [];
  return [...own, ...other];
}

/** By itself, a partnership by the other company, and its user by their name: who they are is the provider's affair. */
function nameOfEntity(event: AccessEvent): string | undefined {
  const { name, user, counterpart, clientName } = detailsOf(event);
  switch (partsOfType(event).entity) {
    case 'partnership':
      return counterpart?.name ?? clientName;
    case 'partner-user':
      return user?.name;
    default:
      return name;
  }
}
