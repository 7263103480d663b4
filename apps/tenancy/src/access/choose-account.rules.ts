import type { Grant } from '@valetkey/contracts';

export interface HeldGrant {
  accountId: string;
  grant: Grant;
  /** By which it is held, where it is another company's account. */
  partnership?: { id: string; providerAccountId: string };
}

/** What is held in one of the accounts. */
export function grantsIn(held: readonly HeldGrant[], accountId: string): Grant[] {
  return held.filter((one) => one.accountId === accountId).map(({ grant }) => grant);
}

/**
 * Of the accounts in which a holder has something, the oldest first: the named one, else the one last used, else
 * the oldest. Nothing when the named one is not among them, or none is.
 */
export function chooseAccount(
  held: readonly HeldGrant[],
  { accountId, lastAccountId }: { accountId?: string; lastAccountId?: string },
): string | undefined {
  const has = (id: string | undefined) => held.some((one) => one.accountId === id);
  if (accountId) return has(accountId) ? accountId : undefined;
  return has(lastAccountId) ? lastAccountId : held[0]?.accountId;
}
