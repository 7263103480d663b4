import { NO_ACCOUNT } from '../trust/touched-tags.ts';
import type { ActiveIntrospection, Actor } from './introspection.ts';

/** What an introspection stands on: parties are written as tags already. */
export function tagsOf({
  sub,
  sid,
  act,
  account_id: account,
  provider_account_id: provider,
}: ActiveIntrospection): string[] {
  const tags = [sub, ...actors(act), 'permission-catalogue'];
  if (sid !== undefined) tags.push(`session:${sid}`);
  tags.push(account === undefined ? NO_ACCOUNT : `account:${account}`);
  if (provider !== undefined) tags.push(`account:${provider}`);
  return tags;
}

function actors(actor: Actor | undefined): string[] {
  return actor ? [actor.sub, ...actors(actor.act)] : [];
}
