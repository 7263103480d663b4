import type { PartnershipStatus } from '@valetkey/contracts';
import type { Parameters } from '../search/parameters.ts';

/** The rule `stands` as a condition on a partnership; after `p.` on one so called. */
export const whereStanding = `status IN ('active', 'disabled')`;

/** The condition on a partnership `m` that it is shown with this status: see `shownStatus`. */
export function whereShown(status: PartnershipStatus, parameters: Parameters, now: Date): string {
  const written = `m.status = ${parameters.unknown(status, 'text')}`;
  if (status === 'pending') return `${written} AND m.expires_at > ${parameters.add(now)}`;
  if (status !== 'lapsed') return written;
  return `(${written} OR (m.status = 'pending' AND m.expires_at <= ${parameters.add(now)}))`;
}
