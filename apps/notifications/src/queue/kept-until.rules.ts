import type { MailFailure } from '@valetkey/contracts';
import { hasSecret } from '../content/has-secret.ts';
import type { ClaimedMail } from './claimed-mail.ts';

const KEPT_MS = 7 * 24 * 3_600_000;

/**
 * Until when a mail's content outlives its failure, so that an operator can have it tried again: seven days, but no
 * secret longer than it is good for. Nothing of what has ended, or cannot be opened, is kept.
 */
export function keptUntil(
  { template, expiresAt }: Pick<ClaimedMail, 'template' | 'expiresAt'>,
  reason: MailFailure,
  now: Date,
): Date | undefined {
  if (reason === 'not-wanted' || reason === 'unreadable') return undefined;
  const longest = new Date(now.getTime() + KEPT_MS);
  const until = hasSecret(template) && expiresAt < longest ? expiresAt : longest;
  return until > now ? until : undefined;
}
