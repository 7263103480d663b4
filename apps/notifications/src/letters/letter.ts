import type { Locale } from '@valetkey/contracts';

/** A mail's words, before they become text and HTML. */
export interface Letter {
  locale: Locale;
  subject: string;
  /** Paragraphs of plain text. */
  body: readonly string[];
  /** The one thing to do. */
  action?: { label: string; url: string };
  /** What stands below it, smaller. */
  notes: readonly string[];
}

/** A letter's words in one language. */
export type Wording = Pick<Letter, 'subject' | 'body' | 'notes'>;
