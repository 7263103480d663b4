import type { Locale } from '@valetkey/contracts';

const languages: Record<Locale, string> = { en: 'en-GB', pt: 'pt-BR' };

/** A moment in UTC, e.g. `1 March 2026 at 12:00 UTC`, `1 de março de 2026 às 12:00 UTC`. */
export function formatTime(moment: string, locale: Locale): string {
  const format = new Intl.DateTimeFormat(languages[locale], {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  // Kept on one line with the time.
  return `${format.format(new Date(moment))}\u00a0UTC`;
}

/** A day in UTC, e.g. `1 March 2026`, `1 de março de 2026`. */
export function formatDay(moment: string, locale: Locale): string {
  return new Intl.DateTimeFormat(languages[locale], { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(moment));
}
