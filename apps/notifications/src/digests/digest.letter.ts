import { EmailAddress, Locale } from '@valetkey/contracts';
import { z } from 'zod';
import type { Letter } from '../letters/letter.ts';
import { Told, wordingOf } from '../notices/told.ts';
import { greeting } from '../wording/greeting.ts';

/** What happened in a day, in one mail. */
export const DigestContent = z.strictObject({
  template: z.literal('digest'),
  to: EmailAddress,
  name: z.string(),
  locale: Locale,
  items: z.array(Told),
  /** How many there were besides. */
  more: z.number().int().nonnegative(),
});
export type DigestContent = z.infer<typeof DigestContent>;

const wordings: Record<Locale, { subject: string; intro: string; more: (count: number) => string; choice: string }> = {
  en: {
    subject: 'Your daily summary',
    intro: 'This is what happened on Valetkey since your last summary:',
    more: (count) => `And ${count} more.`,
    choice: 'You get this mail because you chose to have such news once a day.',
  },
  pt: {
    subject: 'O seu resumo diário',
    intro: 'Isto é o que aconteceu no Valetkey desde o seu último resumo:',
    more: (count) => `E mais ${count}.`,
    choice: 'Você recebe este e-mail porque escolheu receber essas notícias uma vez por dia.',
  },
};

export function digestLetter({ name, locale, items, more }: DigestContent, publicUrl: string): Letter {
  const { subject, intro, more: moreOf, choice } = wordings[locale];
  return {
    locale,
    subject,
    body: [greeting(name, locale), intro],
    items: items.map((told) => {
      const { happened, details } = wordingOf(told, locale);
      return { text: happened, details };
    }),
    notes: [...(more > 0 ? [moreOf(more)] : []), choice],
    origin: publicUrl,
  };
}
