import type { DaysLeft } from '@valetkey/contracts';

const DAY_MS = 24 * 3600 * 1000;
/** The furthest from the end first. */
const reminders: readonly DaysLeft[] = [14, 7, 1];

const timeOf = (expiresAt: Date, daysLeft: DaysLeft) => expiresAt.getTime() - daysLeft * DAY_MS;

/** When the next reminder of an expiry is due, of those still ahead; null when none is, or nothing ends. */
export function nextReminder(expiresAt: Date | null | undefined, now: Date): Date | null {
  if (!expiresAt) return null;
  const ahead = reminders.map((days) => timeOf(expiresAt, days)).find((time) => time > now.getTime());
  return ahead === undefined ? null : new Date(ahead);
}

/** The reminder to give now: of several that have come due the one nearest to the end; none once it has ended. */
export function dueReminder(expiresAt: Date | null | undefined, now: Date): DaysLeft | undefined {
  if (!expiresAt || expiresAt <= now) return undefined;
  return reminders.findLast((days) => timeOf(expiresAt, days) <= now.getTime());
}
