import { v7 as uuidv7 } from 'uuid';
import type { Lending } from './judge-lending.ts';
import type { LinkSecret } from './new-link-secret.ts';

interface Making {
  accountId: string;
  userId: string;
  expiresAt: Date;
  passwordHash: string | null;
  maxUses?: number | null | undefined;
  waiveTwoFactor: boolean;
  lending: Lending;
}

/** The row of a new link, its mail on the way. */
export function newAccessLink(
  { accountId, userId, expiresAt, passwordHash, maxUses = null, waiveTwoFactor, lending }: Making,
  kept: Omit<LinkSecret, 'secret'>,
  now: Date,
) {
  const { maker, userName, emailId, email } = lending;
  return {
    id: uuidv7({ msecs: now.getTime() }),
    accountId,
    userId,
    userName,
    emailId,
    email,
    status: 'live' as const,
    expiresAt,
    passwordHash,
    maxUses,
    uses: 0,
    waiveTwoFactor,
    delivery: 'queued' as const,
    ...kept,
    secretNumber: 1,
    wrongTries: 0,
    lastUsedAt: null,
    lastUsedFrom: null,
    version: 1,
    revision: 1,
    createdAt: now,
    createdById: maker.id,
    createdByName: maker.name,
    editedAt: null,
    editedById: maker.id,
    editedByName: maker.name,
  };
}
