import type { Locale } from '@valetkey/contracts';

const others: Record<Locale, (count: number) => string> = {
  en: (count) => (count === 1 ? 'and one other user' : `and ${count} other users`),
  pt: (count) => (count === 1 ? 'e outro usuário' : `e outros ${count} usuários`),
};

/** One by name and the rest by number, e.g. `Ada Lovelace and 4 other users`. */
export function userCount(name: string, of: number, locale: Locale): string {
  return of > 1 ? `${name} ${others[locale](of - 1)}` : name;
}
