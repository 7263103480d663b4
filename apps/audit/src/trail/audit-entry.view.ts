import type { AccessEvent } from '@valetkey/access-events';
import { type AuditEntry, StoredAuditEntry } from '@valetkey/contracts';
import { detailsOf, partsOfType } from './event-details.ts';
import type { FoundEntry } from './find-entries.ts';
import type { Names } from './party-names.ts';

/** Whom and what an event names, as `<type>:<id>`. */
export function partiesOf(event: AccessEvent): string[] {
  const { actor, onbehalfof } = event;
  return [namedAs(event), actor, ...(onbehalfof === undefined ? [] : [onbehalfof])];
}

/** An entry as its account's people read it. Who has no name is shown by id. */
export function toAuditEntry({ id, event, previousHash, hash }: FoundEntry, names: Names): AuditEntry {
  const { entity, action } = partsOfType(event);
  const { address, changes } = detailsOf(event);
  return {
    id,
    time: event.time,
    action: `${entity}.${action}`,
    entity: { type: entity, id: event.subject, name: names.get(namedAs(event)) },
    actor: partyOf(event.actor, names),
    onBehalfOf: event.onbehalfof === undefined ? undefined : partyOf(event.onbehalfof, names),
    address,
    requestId: event.requestid,
    changes,
    hash,
    previousHash,
  };
}

/** An entry with all that its hash is computed from. */
export function toStoredAuditEntry(entry: FoundEntry, names: Names): StoredAuditEntry {
  const event = StoredAuditEntry.shape.event.parse(entry.stored);
  return { ...toAuditEntry(entry, names), position: entry.position, event };
}

/** By whose name the entity is known: a membership, an access link, and an invitation once accepted, by their user's. */
function namedAs(event: AccessEvent): string {
  const { entity, action } = partsOfType(event);
  const { user, userId = user?.id } = detailsOf(event);
  const isOfMember =
    entity === 'membership' || entity === 'access-link' || (entity === 'invitation' && action === 'accepted');
  return isOfMember && userId !== undefined ? `user:${userId}` : `${entity}:${event.subject}`;
}

/** What parties of a type are called that have no names of their own. */
const namesOfTypes: Readonly<Record<string, string>> = { 'access-link': 'Access link' };

function partyOf(party: string, names: Names): AuditEntry['actor'] {
  const [type = '', id = ''] = party.split(/:(.*)/s);
  return { type, id, name: names.get(party) ?? namesOfTypes[type] ?? id };
}
