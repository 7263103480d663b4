import { eventually } from './eventually.ts';
import type { Platform } from './start-platform.ts';

/** The subjects of the mails that came to an address so far, oldest first. */
export function subjectsTo({ mailbox }: Pick<Platform, 'mailbox'>, email: string): string[] {
  const address = email.toLowerCase();
  return mailbox.messages().flatMap(({ envelope, subject = '' }) => (envelope.to.includes(address) ? [subject] : []));
}

/** Waits for a mail to this address. */
export async function mailed(
  platform: Pick<Platform, 'mailbox'>,
  email: string,
  subject: string | RegExp,
): Promise<void> {
  const isIt = (given: string) => (typeof subject === 'string' ? given === subject : subject.test(given));
  await eventually(`the mail “${subject}”`, async () => subjectsTo(platform, email).some(isIt) || undefined);
}
