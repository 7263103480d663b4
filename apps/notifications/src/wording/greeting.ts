import type { Locale } from '@valetkey/contracts';

const greetings: Record<Locale, (name: string) => string> = {
  en: (name) => `Hello ${name},`,
  pt: (name) => `Olá, ${name}!`,
};

export function greeting(name: string, locale: Locale): string {
  return greetings[locale](name);
}
