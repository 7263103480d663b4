import type { CredentialState, Standing } from '@valetkey/contracts';

/** Where a credential stands, as tenancy is asked about it; nothing if it stands in no account. */
export function standingOf({ accountId, organizationId, grant, subject }: CredentialState): Standing | undefined {
  if (!accountId) return undefined;
  const holder = grant ? { grant } : { userId: subject.id };
  return { accountId, ...(organizationId && { organizationId }), holder };
}

export function keyOf({ accountId, organizationId = '', holder }: Standing): string {
  const who =
    'userId' in holder ? holder.userId : `${holder.grant.role}@${holder.grant.scope.type}:${holder.grant.scope.id}`;
  return `${accountId}/${organizationId}/${who}`;
}
