import { z } from 'zod';
import { defineEvent } from '../kernel/event.ts';
import { Id } from '../kernel/fields.ts';

const user = { entity: 'user', source: 'identity' } as const;

export const userRegistered = defineEvent({
  ...user,
  action: 'registered',
  summary: 'A user verified the address of their sign-up',
  data: z.object({ name: z.string(), accountId: Id.optional() }),
});
export const emailVerified = defineEvent({
  ...user,
  action: 'email-verified',
  summary: 'A user verified an address',
  data: z.object({ emailId: Id }),
});
export const signInBlocked = defineEvent({
  ...user,
  action: 'sign-in-blocked',
  summary: 'Too many wrong passwords in a row: password sign-in is stopped until a reset',
  data: z.object({ failures: z.number().int() }),
});
