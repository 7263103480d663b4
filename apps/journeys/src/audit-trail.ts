import { AuditEntry, pageOf } from '@valetkey/contracts';
import type { Owner } from './client.ts';
import { eventually } from './eventually.ts';

/** The trail of one entity (`<type>:<id>`) in an account, oldest first, once it is as long as expected. */
export function trailOf(reader: Owner, entity: string, length: number): Promise<AuditEntry[]> {
  return eventually(`${length} entries of ${entity} in the audit trail`, async () => {
    const { body } = await reader.call('GET', `${reader.path}/audit?entity=${entity}&limit=100`);
    const { items } = pageOf(AuditEntry).parse(body);
    return items.length >= length ? items.toReversed() : undefined;
  });
}

/** What was done, by whom and on whose behalf, as the trail names them. */
export function inWords({ action, actor, onBehalfOf }: AuditEntry): string {
  return `${action} by ${actor.type} ${actor.name}${onBehalfOf ? ` for ${onBehalfOf.type} ${onBehalfOf.name}` : ''}`;
}
