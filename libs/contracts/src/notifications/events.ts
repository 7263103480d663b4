import { z } from 'zod';
import { defineEvent } from '../kernel/event.ts';

const mail = { entity: 'mail', source: 'notifications' } as const;

/** Why a mail was not sent: the server took it not, it came too late, what it tells has ended, or nobody can open it. */
export const MailFailure = z.enum(['refused', 'expired', 'not-wanted', 'unreadable']);
export type MailFailure = z.infer<typeof MailFailure>;

export const mailSent = defineEvent({
  ...mail,
  action: 'sent',
  summary: 'The mail server took a mail',
  data: z.object({ template: z.string() }),
});
export const mailFailed = defineEvent({
  ...mail,
  action: 'failed',
  summary: 'A mail was not sent, and will not be unless an operator has it tried again',
  data: z.object({ template: z.string(), reason: MailFailure }),
});
