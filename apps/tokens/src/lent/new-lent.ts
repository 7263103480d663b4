import type { LendableRole, Scope } from '@valetkey/contracts';
import type { makeSecret } from '@valetkey/credentials';
import type { HandlerContext } from '@valetkey/messaging';
import { v7 as uuidv7 } from 'uuid';
import { newSecret } from './new-secret.ts';
import { nextReminder } from './reminders.rules.ts';

interface Wanted {
  accountId: string;
  name: string;
  role: LendableRole;
  scope: Scope;
  expiresAt?: Date | null;
  allowedCidrs: string[];
}

/** What the rows of a new login token and a new access key have alike, with the secret that is given out this once. */
export function newLent(
  { accountId, name, role, scope, expiresAt = null, allowedCidrs }: Wanted,
  prefix: Parameters<typeof makeSecret>[0],
  { now, caller }: { now: Date; caller: HandlerContext['caller'] },
) {
  const { secret, kept } = newSecret(prefix);
  const row = {
    id: uuidv7({ msecs: now.getTime() }),
    accountId,
    name,
    role,
    scopeType: scope.type,
    scopeId: scope.id,
    allowedCidrs,
    expiresAt,
    remindAt: nextReminder(expiresAt, now),
    ...kept,
    previousSecretHash: null,
    previousSecretEndsAt: null,
    lastUsedAt: null,
    lastUsedFrom: null,
    version: 1,
    revision: 1,
    createdAt: now,
    createdById: caller?.subject.id ?? 'unknown',
    createdByName: caller?.subject.name ?? 'unknown',
  };
  return { row, secret };
}
