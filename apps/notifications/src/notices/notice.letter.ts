import { EmailAddress, Locale } from '@valetkey/contracts';
import { z } from 'zod';
import type { Letter } from '../letters/letter.ts';
import { greeting } from '../wording/greeting.ts';
import { allNotices } from './all-notices.ts';
import { Told, wordingOf } from './told.ts';

/** A mail that tells one thing. */
export const NoticeContent = z.strictObject({
  template: z.enum([...allNotices.keys()]),
  to: EmailAddress,
  name: z.string(),
  locale: Locale,
  told: Told,
});
export type NoticeContent = z.infer<typeof NoticeContent>;

export function noticeLetter({ name, locale, told }: NoticeContent, publicUrl: string): Letter {
  const { subject, happened, details, advice } = wordingOf(told, locale);
  return { locale, subject, body: [greeting(name, locale), happened], details, notes: advice, origin: publicUrl };
}
