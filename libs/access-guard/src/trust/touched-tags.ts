import type { AccessEvent } from '@valetkey/access-events';

/** What these tell concerns their entity alone: a session that ends says nothing of its account's others. */
const tellOfOneEntity = new Set(['/services/identity', '/services/tokens', '/services/notifications']);
const CATALOGUE = 'permission-catalogue';

/**
 * Of an answer that names no account: whoever must enrol in two-factor first stands in one nonetheless, and is let in by
 * what changes there.
 */
export const NO_ACCOUNT = 'no-account';

/**
 * What an event may have changed, as tags `<entity>:<id>`: its entity; the whole account, when what befell the entity
 * may change what the account's subjects may do, and with it whoever stands in none; every answer with permissions, when
 * their catalogue changed.
 */
export function touchedTags({ type, source, subject, accountid }: AccessEvent): string[] {
  const entity = type.split('.')[2] ?? type;
  const tags = [`${entity}:${subject}`];
  if (accountid !== undefined && !tellOfOneEntity.has(source)) tags.push(`account:${accountid}`, NO_ACCOUNT);
  if (entity === CATALOGUE) tags.push(CATALOGUE);
  return tags;
}
