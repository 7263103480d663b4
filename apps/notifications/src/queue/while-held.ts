import type { ClaimedMail } from './claimed-mail.ts';
import { CLAIM_MS, type MailQueue } from './mail-queue.ts';

const RENEW_MS = CLAIM_MS / 3;

/** Does a work and keeps the claim of its mail meanwhile. The signal aborts as soon as somebody else may have the mail. */
export async function whileHeld<T>(
  queue: MailQueue,
  mail: ClaimedMail,
  work: (lost: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  let heldUntil = performance.now() + CLAIM_MS;
  const renew = async () => {
    const asked = performance.now();
    try {
      if (await queue.hold(mail)) heldUntil = asked + CLAIM_MS;
      else lost.abort();
    } catch {
      // The database is away: the claim lasts as long as it was promised, and nobody can take it over sooner.
      if (asked > heldUntil) lost.abort();
    }
  };
  const timer = setInterval(() => void renew(), RENEW_MS);
  try {
    return await work(lost.signal);
  } finally {
    clearInterval(timer);
  }
}
