import { z } from 'zod';
import { services } from '../kernel/access.ts';
import { defineCommand } from '../kernel/contract.ts';
import { Id, Nothing, TimestampInput } from '../kernel/fields.ts';
import { EndReason } from './session.ts';

export const endUserSessions = defineCommand({
  subject: 'tokens.v1.session.end-user',
  summary: 'End all sessions of a user, wherever they stand, but one if it is named; idempotent',
  input: z.strictObject({
    userId: Id,
    exceptSessionId: Id.optional(),
    /** What was opened later is not meant: an order may come late. */
    openedUntil: TimestampInput.optional(),
    reason: EndReason.extract(['password-changed', 'user-locked', 'ended-by-user']),
  }),
  output: Nothing,
  errors: [],
  access: services('identity'),
});
