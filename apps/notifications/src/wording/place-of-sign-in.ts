import type { Locale } from '@valetkey/contracts';

const unknown: Record<Locale, string> = { en: 'unknown', pt: 'desconhecido' };

/** An address as events tell it, in a mail's language: it may be `unknown`. */
export function addressName(address: string, locale: Locale): string {
  return address === 'unknown' ? unknown[locale] : address;
}

/** A device as identity tells it, such as `Firefox on Linux` or `unknown device`, in a mail's language. */
export function deviceName(device: string, locale: Locale): string {
  if (device === 'unknown device') return unknown[locale];
  return locale === 'pt' ? device.replace(/^(.+) on (.+)$/, '$1 em $2') : device;
}
