import { z } from 'zod';
import { defineEvent } from '../kernel/event.ts';

const mail = { entity: 'mail', source: 'notifications' } as const;

export const mailSent = defineEvent({
  ...mail,
  action: 'sent',
  summary: 'The mail server took a mail',
  data: z.object({ template: z.string() }),
});
export const mailFailed = defineEvent({
  ...mail,
  action: 'failed',
  summary: 'A mail will not be sent',
  data: z.object({ template: z.string(), reason: z.enum(['refused', 'expired', 'not-wanted', 'unreadable']) }),
});
