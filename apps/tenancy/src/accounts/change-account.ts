import type { EntityData, EntityManager } from '@mikro-orm/postgresql';
import { matchingRevisions } from '@valetkey/contracts';
import { Account } from './account.entity.ts';

interface Change {
  to: EntityData<Account>;
  /** How many events tell it; none where it changes nothing. */
  events: number;
  ifMatch: string | undefined;
}

/** Changes a locked account; false when `If-Match` names other revisions than its present one. */
export async function changeAccount(
  em: EntityManager,
  account: Account,
  { to, events, ifMatch }: Change,
): Promise<boolean> {
  const revisions = matchingRevisions(ifMatch);
  const changed = await em.nativeUpdate(
    Account,
    { id: account.id, ...(revisions && { revision: { $in: revisions } }) },
    { ...to, version: account.version + events, revision: account.revision + (events > 0 ? 1 : 0) },
  );
  if (changed === 0) return false;
  await em.refresh(account);
  return true;
}
