import type { Locale, NotificationKind } from '@valetkey/contracts';
import type { z } from 'zod';
import type { Detail } from '../letters/letter.ts';

/** A notice's words in one language. */
export interface NoticeWording {
  subject: string;
  /** What happened, in a sentence or two that stand by themselves: a digest has nothing else of it. */
  happened: string;
  details?: readonly Detail[];
  /** What to do now, or if it was not oneself. */
  advice: readonly string[];
}

/** A mail without a secret that tells what has happened. */
export interface Notice<Facts extends z.ZodType = z.ZodType> {
  template: string;
  kind: NotificationKind;
  /** What the words need to know; it lies sealed in the queue. */
  facts: Facts;
  /** Whether its moment is worth telling, as it is but for a reminder. */
  dated: boolean;
  /** @throws ZodError when the facts are not this notice's. */
  word(locale: Locale, facts: unknown): NoticeWording;
}

interface NoticeShape<Facts extends z.ZodType> extends Pick<Notice<Facts>, 'template' | 'kind' | 'facts'> {
  dated?: false;
  wordings: Record<Locale, (facts: z.output<Facts>) => NoticeWording>;
}

export function defineNotice<Facts extends z.ZodType>({ wordings, ...notice }: NoticeShape<Facts>): Notice<Facts> {
  return { dated: true, ...notice, word: (locale, facts) => wordings[locale](notice.facts.parse(facts)) };
}
