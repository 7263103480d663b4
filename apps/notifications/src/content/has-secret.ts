import { MailContent } from '@valetkey/contracts';
import { allNotices } from '../notices/all-notices.ts';

const ordered = MailContent.options
  .filter(({ shape }) => !('secret' in shape))
  .map(({ shape }) => shape.template.value);
const withoutSecret: ReadonlySet<string> = new Set([...ordered, ...allNotices.keys(), 'digest']);

/** Whether a mail's content lets anybody in. What a template of another version says, nobody here knows: so it may. */
export function hasSecret(template: string): boolean {
  return !withoutSecret.has(template);
}
