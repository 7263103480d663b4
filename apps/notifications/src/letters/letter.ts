import type { Locale } from '@valetkey/contracts';

/** A fact beside its name, e.g. `Address: 203.0.113.7`. */
export interface Detail {
  label: string;
  value: string;
}

/** A mail's words, before they become text and HTML. */
export interface Letter {
  locale: Locale;
  subject: string;
  /** Paragraphs of plain text. */
  body: readonly string[];
  details?: readonly Detail[];
  /** One thing after the other that a mail tells of. */
  items?: readonly { text: string; details: readonly Detail[] }[];
  /** The one thing to do. */
  action?: { label: string; url: string };
  /** What stands below it, smaller. */
  notes: readonly string[];
  /** The platform it is from, where nothing else leads there. */
  origin?: string;
}

/** A letter's words in one language. */
export type Wording = Pick<Letter, 'subject' | 'body' | 'notes'>;
