import type { CredentialState, Standing } from '@valetkey/contracts';

/** Where a credential stands, as tenancy is asked about it; nothing if it stands in no account. */
export function standingOf(state: CredentialState): Standing | undefined {
  const { accountId, organizationId } = state;
  if (!accountId) return undefined;
  return { accountId, ...(organizationId && { organizationId }), holder: holderOf(state) };
}

/** Behind the actor of a link's session, which is the link, stands who lent it. */
function holderOf({ grant, subject, actor }: CredentialState): Standing['holder'] {
  if (grant) return { grant };
  return { userId: subject.id, ...(actor?.actor && { lenderId: actor.actor.id }) };
}

export function keyOf({ accountId, organizationId = '', holder }: Standing): string {
  return `${accountId}/${organizationId}/${nameOf(holder)}`;
}

function nameOf(holder: Standing['holder']): string {
  if ('userId' in holder) return holder.lenderId ? `${holder.userId}<${holder.lenderId}` : holder.userId;
  return `${holder.grant.role}@${holder.grant.scope.type}:${holder.grant.scope.id}`;
}
