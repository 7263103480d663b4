import { type Locale, Timestamp } from '@valetkey/contracts';
import { z } from 'zod';
import type { Detail } from '../letters/letter.ts';
import { formatTime } from '../wording/format-time.ts';
import { allNotices } from './all-notices.ts';
import type { NoticeWording } from './define-notice.ts';

const isOfNotice = ({ template, facts }: { template: string; facts: unknown }) =>
  allNotices.get(template)?.facts.safeParse(facts).success ?? false;

/** Something that happened, as it lies sealed: a notice's template and its facts. */
export const Told = z
  .strictObject({ template: z.enum([...allNotices.keys()]), at: Timestamp, facts: z.unknown() })
  .refine(isOfNotice, 'must be the facts of the notice');
export type Told = z.infer<typeof Told>;

const whenLabels: Record<Locale, string> = { en: 'When', pt: 'Quando' };

/** Its words, with the time among the details. */
export function wordingOf({ template, facts, at }: Told, locale: Locale): NoticeWording & { details: Detail[] } {
  const notice = allNotices.get(template);
  if (!notice) throw new Error(`There is no notice ${template}`);
  const wording = notice.word(locale, facts);
  const when = { label: whenLabels[locale], value: formatTime(at, locale) };
  return { ...wording, details: [...(notice.dated ? [when] : []), ...(wording.details ?? [])] };
}
