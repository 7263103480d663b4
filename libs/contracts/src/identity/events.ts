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
export const twoFactorEnabled = defineEvent({
  ...user,
  action: 'two-factor-enabled',
  summary: 'A user turned two-factor authentication on',
  data: z.object({}),
  revokes: true,
});
export const twoFactorDisabled = defineEvent({
  ...user,
  action: 'two-factor-disabled',
  summary: 'Two-factor authentication of a user was turned off: by themselves, or reset for them',
  data: z.object({ by: z.enum(['user', 'owner', 'operator']) }),
  revokes: true,
});
export const recoveryCodeUsed = defineEvent({
  ...user,
  action: 'recovery-code-used',
  summary: 'A user gave a recovery code in place of a code',
  data: z.object({ left: z.number().int() }),
});
export const recoveryCodesRenewed = defineEvent({
  ...user,
  action: 'recovery-codes-renewed',
  summary: 'A user made new recovery codes; the old ones are void',
  data: z.object({}),
});
export const signInBlocked = defineEvent({
  ...user,
  action: 'sign-in-blocked',
  summary: 'Too many wrong passwords in a row: password sign-in is stopped until a reset',
  data: z.object({ failures: z.number().int() }),
});
export const emailAdded = defineEvent({
  ...user,
  action: 'email-added',
  summary: 'A user added an address, which is to be verified',
  data: z.object({ emailId: Id }),
});
export const emailRemoved = defineEvent({
  ...user,
  action: 'email-removed',
  summary: 'A user removed an address',
  data: z.object({ emailId: Id }),
});
export const passwordChanged = defineEvent({
  ...user,
  action: 'password-changed',
  summary: 'A user has a new password: they changed it, or reset it by mail',
  data: z.object({ by: z.enum(['user', 'reset']) }),
});
export const signedInFromNewPlace = defineEvent({
  ...user,
  action: 'signed-in-from-new-place',
  summary: 'A user signed in from a network or on a device that they have not used lately',
  data: z.object({
    address: z.string(),
    /** Browser and system, such as `Firefox on Linux`. */
    device: z.string(),
  }),
});
export const userLocked = defineEvent({
  ...user,
  action: 'locked',
  summary: 'Platform staff locked a user, whose sessions all end',
  data: z.object({}),
  revokes: true,
});
export const userUnlocked = defineEvent({
  ...user,
  action: 'unlocked',
  summary: 'Platform staff let a locked user sign in again',
  data: z.object({}),
});
