import type { EntityData, EntityManager } from '@mikro-orm/postgresql';
import { matchingRevisions } from '@valetkey/contracts';
import { Account } from './account.entity.ts';

interface Change {
  to: EntityData<Account>;
  /** How many events tell it; none where it changes nothing. */
  events: number;
  ifMatch: string | undefined;
  /** The revision of the resource that shows what changes: the account's own unless said otherwise. */
  shownBy?: 'revision' | 'policyRevision';
}

/** Changes a locked account; false when `If-Match` names other revisions than its present one. */
export async function changeAccount(
  em: EntityManager,
  account: Account,
  { to, events, ifMatch, shownBy = 'revision' }: Change,
): Promise<boolean> {
  const revisions = matchingRevisions(ifMatch);
  const changed = await em.nativeUpdate(
    Account,
    { id: account.id, ...(revisions && { [shownBy]: { $in: revisions } }) },
    { ...to, version: account.version + events, [shownBy]: account[shownBy] + (events > 0 ? 1 : 0) },
  );
  if (changed === 0) return false;
  await em.refresh(account);
  return true;
}
