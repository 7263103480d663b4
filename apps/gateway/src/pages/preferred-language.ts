import { Locale } from '@valetkey/contracts';

/** The language of ours that `Accept-Language` likes best (RFC 9110 §12.5.4); English where it likes none. */
export function preferredLanguage(header: string | undefined): Locale {
  const wanted = (header ?? '').split(',').map(rangeOf);
  const liked = wanted.filter(({ weight }) => weight > 0).sort((one, other) => other.weight - one.weight);
  for (const { language } of liked) {
    const known = Locale.safeParse(language);
    if (known.success) return known.data;
  }
  return 'en';
}

/** `pt-BR;q=0.8` → `pt`, 0.8 */
function rangeOf(text: string): { language: string; weight: number } {
  const [tag = '', ...parameters] = text.toLowerCase().split(';');
  const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find((q) => q !== undefined);
  return { language: tag.trim().split('-')[0] ?? '', weight: Number(weight ?? 1) };
}
